import Glibc
import Sealing

/// `encryption generate`: makes a key.
struct GenerateKey: EncryptionVerb {
    static let actions: [String] = []

    private let file: String?

    init(_ arguments: inout Arguments) throws { file = arguments.word() }

    func run(_: Setup) throws {
        let key = SealingKey.generate()
        if let file { try Self.write(key, to: file) } else { Terminal.print(key.text.value) }
        Terminal.note("The key is called \(key.id). Whoever loses it loses what is sealed with it: keep a copy.")
    }

    /// From the beginning nobody else can read it, and no other key is replaced by it.
    private static func write(_ key: SealingKey, to file: String) throws {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        let shown = Terminal.line(file, atMost: 300)
        guard descriptor >= 0 else {
            throw CommandFailure(
                .failed,
                errno == EEXIST
                    ? "\(shown) is there already; a key is never replaced."
                    : "\(shown) cannot be made; check its folder.")
        }
        defer { close(descriptor) }
        let bytes = Array((key.text.value + "\n").utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            throw CommandFailure(.failed, "\(shown) cannot be written; is the disk full?")
        }
    }
}
