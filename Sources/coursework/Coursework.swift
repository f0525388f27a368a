import Audit
import Configuration
import Database
import Glibc
import JobQueue
import Platform
import PostgresClient
import RedisClient
import RedisRoles

/// The command: finds the subcommand, runs it, and turns how it ended into a sentence and an exit code.
@main
enum Coursework {
    static let version = "0.1.0"

    static let commands: [any Command.Type] = [
        DevCommand.self, DemoCommand.self, WorkCommand.self, SuperviseCommand.self, RelayCommand.self,
        ServeCommand.self, KeysCommand.self, EncryptionCommand.self, RedisCommand.self,
        EnqueueCommand.self, QueuesCommand.self, LimitsCommand.self, WorkersCommand.self, JobsCommand.self,
        BatchesCommand.self, DeadCommand.self, MailCommand.self, QuizCommand.self,
        CertificatesCommand.self, VideosCommand.self, TemplatesCommand.self, TypesCommand.self,
        PauseCommand.self, ResumeCommand.self, SchedulesCommand.self, MigrateCommand.self, DoctorCommand.self,
        AuditCommand.self, EraseCommand.self, BenchCommand.self,
    ]

    /// Not async: below an async `main`, libdispatch parks the main thread in sigsuspend(2) with every signal open, and
    /// the first SIGTERM ends the process at once with all its jobs.
    static func main() {
        SignalSource.block(Lifetime.signals)
        Task.detached { exit(await run(Array(CommandLine.arguments.dropFirst())).rawValue) }
        while true { pause() }
    }

    private static func run(_ words: [String]) async -> ExitCode {
        guard let name = words.first, !["--help", "-h", "help"].contains(name) else { return showHelp(words) }
        if name == "--version" {
            Terminal.print("coursework \(version)")
            return .done
        }
        guard let command = commands.first(where: { $0.name == name }) else { return explainUnknown(name) }
        if words.contains("--help") || words.contains("-h") {
            Terminal.print(command.help)
            return .done
        }
        return await run(command, Array(words.dropFirst()))
    }

    private static func run(_ command: any Command.Type, _ words: [String]) async -> ExitCode {
        do {
            var arguments = Arguments(words)
            try refuseServer(for: command, &arguments)
            if let audited = command as? any AuditedCommand.Type {
                try await run(audited, &arguments)
            } else {
                let command = try command.init(&arguments)
                try arguments.finish()
                try await command.run()
            }
            return .done
        } catch {
            let failure = explain(error)
            Terminal.complain(failure.description)
            if failure.code == .usage { Terminal.complain("See coursework \(command.name) --help.") }
            return failure.code
        }
    }

    /// Somebody who names a server does not mean this machine.
    private static func refuseServer(for command: any Command.Type, _ arguments: inout Arguments) throws {
        guard !command.goesThroughServers,
            let word = try ServerAddress.mention(&arguments, environment: Setup.environment)
        else { return }
        throw CommandFailure(
            .usage, "coursework \(command.name) works on this machine, and not through a server: leave out \(word).")
    }

    private static func run(_ type: any AuditedCommand.Type, _ arguments: inout Arguments) async throws {
        let reason = try arguments.setAside(type.reasonOption)
        let command = try type.init(&arguments)
        // Some verbs have taken it, to say it elsewhere, too.
        if command.action != nil { _ = try arguments.option(type.reasonOption) }
        try arguments.finish()
        try await command.runAudited(reason: reason)
    }

    static func explain(_ error: any Error) -> CommandFailure {
        switch error {
        case let failure as CommandFailure: return failure
        case let refusal as ServerRefusal: return CommandFailure(refusal)
        case let error as ConfigurationError: return CommandFailure(.configuration, error.description)
        case let error as UnsuitableServer: return CommandFailure(.configuration, error.description)
        case let error as IncompatibleLibrary: return CommandFailure(.configuration, error.description)
        case let error as AccountFailure: return CommandFailure(.configuration, error.description)
        case let error as RedisURLError: return CommandFailure(.configuration, error.description)
        case let error as AuditUnavailable:
            let cause = CommandFailure(error.cause)
            return CommandFailure(cause.code, "\(cause) Nothing was changed: what is done is first written down there.")
        case let error as RedisError: return CommandFailure(error)
        case let error as MigrationError: return CommandFailure(.configuration, error.description)
        case let error as PostgresURLError: return CommandFailure(.configuration, error.description)
        case let error as PostgresError: return CommandFailure(error)
        default: return CommandFailure(.failed, "\(error)")
        }
    }

    private static func showHelp(of name: String) -> ExitCode {
        guard let command = commands.first(where: { $0.name == name }) else { return explainUnknown(name) }
        Terminal.print(command.help)
        return .done
    }

    private static func explainUnknown(_ name: String) -> ExitCode {
        Terminal.complain("There is no command '\(name)'. See coursework --help.")
        return .usage
    }

    private static var serverHelp: String {
        let names = commands.filter { $0.goesThroughServers }.map { $0.name }
        return """
            --server URL (or COURSEWORK_SERVER) has a coursework serve do it, over HTTP, with the same output:
            \(names.dropLast().joined(separator: ", ")) and
            \(names.last ?? ""). The key for that is in COURSEWORK_KEY, or in the file of --key-file;
            --ca-file FILE names certificates to trust instead of the system's. What cannot be done over HTTP
            says so.

            What ends something for good shows it and asks; --yes does it at once, and without a terminal
            nothing is done without it.
            """
    }

    /// `coursework --help`, and `coursework help COMMAND`.
    private static func showHelp(_ words: [String]) -> ExitCode {
        if words.count > 1 { return showHelp(of: words[1]) }
        let width = commands.map({ $0.name.count }).max() ?? 0
        let list = commands.map { command in
            "  \(command.name)\(String(repeating: " ", count: width - command.name.count + 3))\(command.summary)"
        }
        Terminal.print(
            """
            Coursework runs a learning platform's slow work: queues in Redis, workers in Swift.

            Usage: coursework COMMAND [OPTIONS]

            \(list.joined(separator: "\n"))

            Every command takes --help, and --config FILE (else COURSEWORK_CONFIG, else
            Config/coursework.json5, else /etc/coursework/coursework.json5). REDIS_URL and DATABASE_URL in
            the environment win over it. --log-level LEVEL stands for log.level: debug, info, notice, warning,
            error or critical. --json prints instants as 2026-12-01T08:00:00.000Z, and durations in
            milliseconds, under names that end in _ms.

            \(serverHelp)

            Try it:  coursework demo
            """)
        return words.isEmpty ? .usage : .done
    }
}
