internal import CLinux
internal import Glibc

/// Delivers signals to the event loop instead of to whatever thread they hit.
public enum SignalSource {
    /// Keeps the signals from interrupting threads. Call it first of all in `main`: threads inherit it.
    public static func block(_ signals: [Int32]) {
        var set = set(of: signals)
        pthread_sigmask(SIG_BLOCK, &set, nil)
        // A peer that went away is an error of the write, not a reason to die.
        signal(SIGPIPE, SIG_IGN)
    }

    /// Calls the handler on the loop for each of the signals, for as long as the process lives.
    public static func watch(
        _ signals: [Int32], on loop: EventLoop, handler: @escaping @Sendable (Int32) -> Void
    ) throws(SystemError) {
        var set = set(of: signals)
        let descriptor = signalfd(-1, &set, Int32(SFD_NONBLOCK | SFD_CLOEXEC))
        guard descriptor >= 0 else { throw .last("signalfd") }
        _ = try loop.watch(descriptor, for: .readable) { _ in
            var info = signalfd_siginfo()
            while read(descriptor, &info, MemoryLayout<signalfd_siginfo>.size) > 0 { handler(Int32(info.ssi_signo)) }
        }
    }

    private static func set(of signals: [Int32]) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        return set
    }
}
