package dev.slipway.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The tree of commands. Making a command is reflection over its class, and all of them together are nearly half of the time that the
 * program takes to start: only those are made that the arguments can mean.
 */
final class Commands {
    private static final List<String> VERSION = List.of("--version");
    private static final Map<String, Class<?>> TOP = new LinkedHashMap<>();
    private static final Map<String, Class<?>> STACK = new LinkedHashMap<>();

    static {
        TOP.put("up", UpCommand.class);
        TOP.put("preview", PreviewCommand.class);
        TOP.put("refresh", RefreshCommand.class);
        TOP.put("destroy", DestroyCommand.class);
        TOP.put("import", ImportCommand.class);
        TOP.put("cancel", CancelCommand.class);
        TOP.put("stack", StackCommand.class);
        TOP.put("config", ConfigCommand.class);
        TOP.put("state", StateCommand.class);
        TOP.put("logs", LogsCommand.class);
        TOP.put("local", LocalCommand.class);
        TOP.put("image", ImageCommand.class);
        TOP.put("help", CommandLine.HelpCommand.class);
        STACK.put("init", StackInitCommand.class);
        STACK.put("ls", StackListCommand.class);
        STACK.put("select", StackSelectCommand.class);
        STACK.put("output", StackOutputCommand.class);
        STACK.put("history", StackHistoryCommand.class);
        STACK.put("export", StackExportCommand.class);
        STACK.put("import", StackImportCommand.class);
        STACK.put("rename", StackRenameCommand.class);
        STACK.put("tag", StackTagCommand.class);
        STACK.put("rm", StackRemoveCommand.class);
    }

    private Commands() {}

    static CommandLine of(Context context, String... arguments) {
        var factory = new CommandFactory(context);
        var commands = new CommandLine(new SlipwayCommand(context), factory);
        String first = word(arguments, 0);
        String second = word(arguments, 1);
        if (first.equals("local") && second.equals("serve")) {
            var local = new CommandLine(CommandSpec.create().name("local"), factory);
            commands.addSubcommand("local", local.addSubcommand("serve", LocalServeCommand.class));
        } else if (first.equals("stack")) {
            commands.addSubcommand("stack", stack(factory, second));
        } else if (TOP.containsKey(first) && !first.equals("help")) {
            commands.addSubcommand(first, TOP.get(first));
        } else if (!List.of(arguments).equals(VERSION)) {
            TOP.forEach((name, type) -> commands.addSubcommand(name, name.equals("stack") ? stack(factory, "") : type));
        }
        return commands;
    }

    private static CommandLine stack(CommandFactory factory, String word) {
        var stack = new CommandLine(StackCommand.class, factory);
        if (STACK.containsKey(word)) {
            return stack.addSubcommand(word, STACK.get(word));
        }
        STACK.forEach(stack::addSubcommand);
        return stack;
    }

    /** The arguments that are commands, as far as one can tell without knowing the options; empty when there are fewer. */
    static String word(String[] arguments, int index) {
        int seen = 0;
        for (int i = 0; i < arguments.length; i++) {
            if (GlobalOptions.takesAWord(arguments[i])) {
                i++;
            } else if (!arguments[i].startsWith("-") && seen++ == index) {
                return arguments[i];
            }
        }
        return "";
    }
}
