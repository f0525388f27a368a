internal import FoundationEssentials
public import Platform
internal import Signing

/// A key that payloads are sealed with: 32 random bytes.
public struct SealingKey: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// What the key is called wherever something is sealed with it: the beginning of its hash, so that no file can be given
    /// a wrong name. It tells nothing of the key.
    public let id: String
    let bytes: [UInt8]

    public static func generate() -> SealingKey { SealingKey(AES256GCM.randomKey()) }

    /// Reads the key as a file has it, on its first line: 44 letters of Base64, what `openssl rand -base64 32` prints.
    public init(_ text: Secret) throws(InvalidSealingKey) {
        let line = text.value.prefix { !$0.isNewline }.filter { !$0.isWhitespace }
        guard let bytes = Data(base64Encoded: line), bytes.count == AES256GCM.keyLength else {
            throw InvalidSealingKey()
        }
        self.init(Array(bytes))
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        id = String(SHA256.text(Array("coursework sealing key".utf8) + bytes).prefix(Self.idLength))
    }

    static let idLength = 8

    /// Another secret of 32 bytes, which does not lead back to the key.
    package func derivedBytes(for purpose: String) -> [UInt8] {
        guard let key = try? AuthenticationKey(bytes) else { preconditionFailure("a key of another length") }
        return key.code(for: Array("coursework \(purpose)".utf8))
    }

    /// As a file has it.
    public var text: Secret { Secret(Data(bytes).base64EncodedString()) }

    public var description: String { id }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A text that is no key.
public struct InvalidSealingKey: Error, CustomStringConvertible {
    public let description =
        "holds no key of 32 bytes in Base64; make one with coursework encryption generate."
}
