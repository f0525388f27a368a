/// What the shell and systemd learn of how a command went; the numbers are those of sysexits.h.
enum ExitCode: Int32 {
    case done = 0
    case failed = 1
    case usage = 64
    /// Redis, or another server, cannot be reached.
    case unavailable = 69
    case configuration = 78
}
