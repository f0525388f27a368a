import Glibc
import Reports

/// What the command prints. Standard output is for results, standard error for what went wrong.
enum Terminal {
    static func print(_ text: String, terminator: String = "\n") {
        write(Array((text + terminator).utf8), to: STDOUT_FILENO)
    }

    /// A file, as it is.
    static func write(_ bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

    /// What a person wants to know beside a result that a program reads.
    static func note(_ text: String) { write(Array("\(printable(text))\n".utf8), to: STDERR_FILENO) }

    static func complain(_ text: String) { note("coursework: \(text)") }

    /// JSON lines for a file, byte for byte; on a terminal the same JSON without anything that would be a command to it.
    static func write(lines: [UInt8]) {
        guard isInteractive else { return write(lines) }
        print(JSONText.inert(String(decoding: lines, as: UTF8.self)), terminator: "")
    }

    static var isInteractive: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Control characters would be commands to the terminal, and those that turn the direction of writing would show one
    /// thing for another; what comes from jobs is shown without them.
    static func printable(_ text: String) -> String {
        String(text.unicodeScalars.map { $0.isHarmful && $0 != "\n" ? "\u{FFFD}" : Character($0) })
    }

    /// The same on one line of no more than so many characters.
    static func line(_ text: String, atMost count: Int = .max) -> String {
        let line = String(printable(text).map { $0.isNewline ? " " : $0 })
        return line.count <= count ? line : line.prefix(count - 1) + "…"
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
