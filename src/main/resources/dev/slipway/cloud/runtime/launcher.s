        .intel_syntax noprefix
        .globl _start
_start: mov     ebx, 0x10000000         # the program is read to this address
        mov     rbp, rbx
read:   xor     eax, eax                # read(0, end of what is there, rest of the room)
        xor     edi, edi
        mov     rsi, rbp
        mov     edx, 0x10400000
        sub     rdx, rbp
        syscall
        test    rax, rax
        jle     ready
        add     rbp, rax
        jmp     read
ready:  cmp     rbp, rbx                # nothing was read: a trial run
        jne     step
        xor     edi, edi
        jmp     exit
step:   mov     rax, [rbx]              # a step: number, six arguments, what to do on failure
        mov     rdi, [rbx+8]
        mov     rsi, [rbx+16]
        mov     rdx, [rbx+24]
        mov     r10, [rbx+32]
        mov     r8, [rbx+40]
        mov     r9, [rbx+48]
        cmp     rax, 0x1000
        je      iszero
        cmp     rax, 0x1001
        je      goto
        cmp     rax, 0x1002
        je      store
        cmp     rax, 0x1003
        je      status
        syscall
        cmp     rax, -4095
        jae     failed
        mov     r12, rax
next:   add     rbx, 64
        jmp     step
iszero: test    r12, r12                # 0x1000: go to the first argument when the last result was 0
        jne     next
goto:   mov     rbx, rdi                # 0x1001: go to the first argument
        jmp     step
store:  mov     [rdi], r12              # 0x1002: keep the last result
        jmp     next
status: mov     eax, [rdi]              # 0x1003: end as the process ended whose wait status is there
        mov     edi, eax
        and     edi, 127
        jz      normal
        add     edi, 128
        jmp     exit
normal: movzx   edi, ah
exit:   mov     eax, 231                # exit_group
        syscall
failed: mov     rdx, [rbx+56]           # 0: go on, 1: give up, else: go there
        test    rdx, rdx
        jz      next
        mov     rdi, rdx
        cmp     rdx, 1
        jne     goto
        push    rax                     # report the step's address and the error to descriptor 10
        push    rbx
        mov     eax, 1
        mov     edi, 10
        mov     rsi, rsp
        mov     edx, 16
        syscall
        mov     edi, 125
        jmp     exit
