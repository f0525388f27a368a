import Glibc
import Platform

/// This very program as a child process.
enum OwnProgram {
    static var processID: Int { Int(getpid()) }

    /// - Parameters:
    ///   - arguments: the subcommand and what follows it.
    ///   - environment: added to our own.
    static func command(_ arguments: [String], environment: [String: String] = [:]) -> ChildProcess.Command {
        var command = ChildProcess.Command(
            "/proc/self/exe", arguments,
            environment: Setup.environment
                .merging(environment) { _, new in new }
                .merging(Orphan.environment) { _, new in new }
                .merging(Readiness.environment) { _, new in new })
        command.title = "coursework"
        command.environment["NOTIFY_SOCKET"] = nil
        command.announcesReadiness = true
        return command
    }
}
