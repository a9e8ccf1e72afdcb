package dev.slipway.engine;

/** A program that declares resources. The engine neither knows its language nor where it runs. */
public interface Program {
    /**
     * Runs the program to its end; returns when everything it declared has been answered.
     *
     * @throws ProgramFailed when the program did not reach its end; what it registered before stays registered. With a
     *     {@link ResourceMonitor.RegistrationFailed} as its cause it has nothing to tell that has not been told.
     */
    void run(ProgramInfo info, ResourceMonitor monitor) throws ProgramFailed;
}
