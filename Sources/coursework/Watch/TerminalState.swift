import Glibc

/// What the handlers of signals need, so that they need not ask for anything: made before there are any, then only read.
///
/// Unchecked: ``prepare(wakeUp:)`` comes before the handlers are set; who runs after it changes `isTaken` alone, a byte.
final class TerminalState: @unchecked Sendable {
    static let shared = TerminalState()

    /// What ends a program that does not expect it.
    static let deaths = [SIGHUP, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGUSR1, SIGUSR2]

    private static let takeText: StaticString = "\u{1B}[?1049h\u{1B}[?25l"
    private static let giveBackText: StaticString = "\u{1B}[?25h\u{1B}[?1049l"

    private(set) var hasKeyboard = false
    private var wakeUp: Int32 = -1
    private var before = termios()
    private var during = termios()
    /// Whether what is drawn is drawn on a screen of ours.
    private(set) var isTaken = false

    func prepare(wakeUp: Int32) {
        self.wakeUp = wakeUp
        hasKeyboard = isatty(STDIN_FILENO) == 1 && tcgetattr(STDIN_FILENO, &before) == 0
        during = before
        during.c_lflag &= ~tcflag_t(ECHO | ICANON)
    }

    func take() {
        isTaken = true
        if hasKeyboard { tcsetattr(STDIN_FILENO, TCSANOW, &during) }
        Self.write(Self.takeText)
    }

    func giveBack() {
        guard isTaken else { return }
        isTaken = false
        Self.write(Self.giveBackText)
        if hasKeyboard { tcsetattr(STDIN_FILENO, TCSANOW, &before) }
    }

    private func wake() {
        var byte: UInt8 = 0
        Glibc.write(wakeUp, &byte, 1)
    }

    private static func write(_ text: StaticString) {
        Glibc.write(STDOUT_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    }

    // MARK: Signals

    static func handle(_ signal: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
        Glibc.signal(signal, handler)
    }

    /// Dies of it, with the terminal given back. The signal comes when this returns.
    static let die: @convention(c) (Int32) -> Void = { signal in
        TerminalState.shared.giveBack()
        Glibc.signal(signal, SIG_DFL)
        raise(signal)
    }

    /// Ctrl-Z: the shell finds its terminal as it was.
    static let stop: @convention(c) (Int32) -> Void = { _ in
        TerminalState.shared.giveBack()
        kill(getpid(), SIGSTOP)
    }

    static let goOn: @convention(c) (Int32) -> Void = { _ in
        TerminalState.shared.take()
        TerminalState.shared.wake()
    }

    static let resize: @convention(c) (Int32) -> Void = { _ in TerminalState.shared.wake() }
}
