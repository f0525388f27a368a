import Glibc
import Platform

/// The terminal while a live screen has it: a screen of its own, without a cursor, on which keys do not show.
///
/// However the command ends, the terminal is as it was: also on a signal that nobody catches and when the program traps.
/// All that is for that happens in handlers of signals, where nothing but plain system calls is allowed.
enum LiveTerminal {
    struct Size: Equatable {
        var width = 80
        var height = 24
    }

    /// Whether there is one that understands commands.
    static var isThere: Bool {
        let kind = Setup.environment["TERM"] ?? ""
        return isatty(STDOUT_FILENO) == 1 && !kind.isEmpty && kind != "dumb"
    }

    /// See no-color.org.
    static var hasColours: Bool { (Setup.environment["NO_COLOR"] ?? "").isEmpty }

    static var size: Size {
        var window = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else {
            return Size()
        }
        return Size(width: Int(window.ws_col), height: Int(window.ws_row))
    }

    /// - Parameters:
    ///   - resized: called on the loop when the size is another one, and when the program goes on after a stop.
    ///   - key: called on the loop for each byte that is typed.
    static func enter(
        on loop: EventLoop, resized: @escaping @Sendable () -> Void, key: @escaping @Sendable (UInt8) -> Void
    ) throws {
        let wakeUp = try pipe()
        _ = try loop.watch(wakeUp.reading, for: .readable) { _ in
            var bytes: UInt64 = 0
            read(wakeUp.reading, &bytes, MemoryLayout<UInt64>.size)
            resized()
        }
        TerminalState.shared.prepare(wakeUp: wakeUp.writing)
        if TerminalState.shared.hasKeyboard {
            _ = try loop.watch(STDIN_FILENO, for: .readable) { _ in
                var byte: UInt8 = 0
                if read(STDIN_FILENO, &byte, 1) == 1 { key(byte) }
            }
        }
        for signal in TerminalState.deaths { TerminalState.handle(signal, TerminalState.die) }
        TerminalState.handle(SIGTSTP, TerminalState.stop)
        TerminalState.handle(SIGCONT, TerminalState.goOn)
        TerminalState.handle(SIGWINCH, TerminalState.resize)
        TerminalState.shared.take()
    }

    /// By which handlers of signals wake the loop. It lasts as long as the process.
    private static func pipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { throw CommandFailure(.failed, "The terminal cannot be watched.") }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        return (ends[0], ends[1])
    }

    /// Gives it back.
    static func leave() { TerminalState.shared.giveBack() }

    /// In place: nothing flickers, and nothing of what was there before is left.
    static func show(_ lines: [String]) {
        guard TerminalState.shared.isTaken else { return }
        let text = lines.map { $0 + "\u{1B}[K" }.joined(separator: "\n")
        Terminal.print("\u{1B}[H\(text)\u{1B}[J", terminator: "")
    }
}
