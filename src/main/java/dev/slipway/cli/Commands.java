package dev.slipway.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The tree of commands. Making a command is reflection over its class, and all of them together are nearly half of the time that the
 * program takes to start: only those are made that the arguments can mean.
 */
final class Commands {
    private static final Map<String, Class<?>> TOP = new LinkedHashMap<>();

    static {
        TOP.put("up", UpCommand.class);
        TOP.put("preview", PreviewCommand.class);
        TOP.put("refresh", RefreshCommand.class);
        TOP.put("destroy", DestroyCommand.class);
        TOP.put("cancel", CancelCommand.class);
        TOP.put("stack", StackCommand.class);
        TOP.put("logs", LogsCommand.class);
        TOP.put("local", LocalCommand.class);
        TOP.put("image", ImageCommand.class);
        TOP.put("help", CommandLine.HelpCommand.class);
    }

    private Commands() {}

    static CommandLine of(Context context, String... arguments) {
        var factory = new CommandFactory(context);
        var commands = new CommandLine(new SlipwayCommand(context), factory);
        String first = arguments.length == 0 ? "" : arguments[0];
        if (arguments.length > 1 && first.equals("local") && arguments[1].equals("serve")) {
            var local = new CommandLine(CommandSpec.create().name("local"), factory);
            commands.addSubcommand("local", local.addSubcommand("serve", LocalServeCommand.class));
        } else if (TOP.containsKey(first) && !first.equals("help")) {
            commands.addSubcommand(first, TOP.get(first));
        } else {
            TOP.forEach(commands::addSubcommand);
        }
        return commands;
    }
}
