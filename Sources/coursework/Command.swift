/// A subcommand: reads its arguments, then does its work.
protocol Command: Sendable {
    static var name: String { get }
    /// One line for the list of commands.
    static var summary: String { get }
    /// All of `--help`.
    static var help: String { get }

    /// What each verb behind its name may change, as the audit trail calls it: nothing for one that only looks. The word
    /// of a command without verbs is empty. A command that names any is an ``AuditedCommand``.
    static var actions: [String: [String]] { get }

    /// Whether it can go through a server (`--server`), with what that serves of it; else it works on Redis and on files.
    static var goesThroughServers: Bool { get }

    /// - Throws: `CommandFailure` with `.usage` for arguments that make no sense.
    init(_ arguments: inout Arguments) throws
    func run() async throws
}

extension Command {
    static var goesThroughServers: Bool { false }
}
