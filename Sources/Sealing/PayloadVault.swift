public import Jobs
internal import Signing

/// Seals what jobs of some types leave in Redis, and opens it again: payloads, results, checkpoints and errors.
///
/// Sealed with AES-256-GCM, under the first key; all keys open. With what it is sealed goes which part of a job it is and
/// the job's type, so that it cannot be moved to another: the id of a job is made after its payload, mostly by Redis.
public final class PayloadVault: Sendable {
    /// What of a job is sealed.
    public enum Part: String, Sendable {
        case args, checkpoint, error
        /// The next job of a chain reads it too, which may be of another type.
        case result
    }

    /// Seals nothing, and has no key.
    public static let none = PayloadVault(sealing: [], with: [])

    private let types: [TypePattern]
    /// The first one seals.
    public let keys: [SealingKey]
    /// Made of the first one.
    private let fingerprintKey: AuthenticationKey?

    public init(sealing types: [TypePattern], with keys: [SealingKey]) {
        precondition(types.isEmpty || !keys.isEmpty, "types to seal and no key")
        (self.types, self.keys) = (types, keys)
        fingerprintKey = keys.first.flatMap { try? AuthenticationKey($0.derivedBytes(for: "fingerprints of requests")) }
    }

    /// Whether there is any type to seal.
    public var sealsAny: Bool { !types.isEmpty }

    /// Whether what jobs of the type leave is sealed.
    public func seals(_ type: some StringProtocol) -> Bool { types.contains { $0.matches(type) } }

    // MARK: Sealing

    /// The job as it is stored, with those that come after it.
    public func seal(_ job: NewJob) -> NewJob {
        sealsAny ? job.withPayloads { args, type in self.seal(args, of: type.name) } : job
    }

    /// As it is stored: sealed where its type asks for that, and it is not sealed yet.
    public func seal(_ bytes: [UInt8], as part: Part = .args, of type: some StringProtocol) -> [UInt8] {
        guard !types.isEmpty, seals(type) else { return bytes }
        return sealed(bytes, as: part, of: type)
    }

    /// Sealed with the first key whatever its type, unless it is sealed with that already.
    /// - Returns: the same when there is no key.
    public func sealed(_ bytes: [UInt8], as part: Part = .args, of type: some StringProtocol) -> [UInt8] {
        guard let key = keys.first, !Self.isSealed(bytes) else { return bytes }
        return SealedText(keyID: key.id, box: box(bytes, part, type, key)).json
    }

    /// Of an error no more is kept than fits where errors are kept shortest.
    private static let errorBytes = 240

    /// And of what a job says.
    private static let lineBytes = 310

    /// A sentence in whose place nothing may be read.
    public func sealed(error text: String, of type: some StringProtocol) -> String {
        sealed(text, of: type, atMost: Self.errorBytes)
    }

    /// What a job says, or further fields of that.
    public func sealed(line text: String, of type: some StringProtocol) -> String {
        sealed(text, of: type, atMost: Self.lineBytes)
    }

    private func sealed(_ text: String, of type: some StringProtocol, atMost most: Int) -> String {
        guard let key = keys.first else { return text }
        let bytes = String(decoding: text.utf8.prefix(most), as: UTF8.self).utf8
        return "sealed \"\(SealedText(keyID: key.id, box: box(bytes, .error, type, key)).word)\""
    }

    private func box(
        _ bytes: some Collection<UInt8>, _ part: Part, _ type: some StringProtocol, _ key: SealingKey
    ) -> [UInt8] {
        AES256GCM.seal(bytes, key: key.bytes, context: Self.context(part, type))
    }

    private static func context(_ part: Part, _ type: some StringProtocol) -> [UInt8] {
        Array("coursework.v1 \(part.rawValue) \(part == .result ? "" : String(type))".utf8)
    }

    /// By which a request can be known again: 32 letters and digits. Of a type that is sealed nobody without the key can try
    /// out what it said; with another first key the same request has another fingerprint.
    public func fingerprint(of request: [UInt8], for type: some StringProtocol) -> String {
        let isKeyed = !types.isEmpty && seals(type)
        let text = isKeyed ? fingerprintKey.map { SHA256.text(hash: $0.code(for: request)) } : nil
        return String((text ?? SHA256.text(request)).prefix(32))
    }

    // MARK: Opening

    /// Whether it is what `sealed(error:)` and `sealed(line:)` write.
    public static func isSealed(sentence text: String) -> Bool {
        let opening = "sealed \"\(SealedText.version)"
        guard text.hasPrefix(opening), text.hasSuffix("\"") else { return false }
        return SealedText(word: text.utf8.dropFirst(opening.utf8.count).dropLast()) != nil
    }

    public static func isSealed(_ bytes: [UInt8]) -> Bool { isSealed(bytes[...]) }

    /// Asked of every job: most are told from it by three letters.
    public static func isSealed(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count > 2 && bytes[bytes.startIndex + 2] == UInt8(ascii: "$") && SealedText.isJSON(bytes)
    }

    /// With which key something is sealed; nil for what is not sealed.
    public static func keyID(of bytes: some BidirectionalCollection<UInt8>) -> String? {
        SealedText(json: bytes)?.keyID
    }

    /// In the clear: the same bytes when they are not sealed.
    public func open(
        _ bytes: ArraySlice<UInt8>, as part: Part = .args, of type: some StringProtocol
    ) throws(SealFailure) -> ArraySlice<UInt8> {
        guard Self.isSealed(bytes), let sealed = SealedText(json: bytes) else { return bytes }
        return try open(sealed, part, type)[...]
    }

    public func open(
        _ bytes: [UInt8], as part: Part = .args, of type: some StringProtocol
    ) throws(SealFailure) -> [UInt8] {
        try Array(open(bytes[...], as: part, of: type))
    }

    private func open(_ sealed: SealedText, _ part: Part, _ type: some StringProtocol) throws(SealFailure) -> [UInt8] {
        guard let key = keys.first(where: { $0.id == sealed.keyID }) else {
            throw SealFailure(cause: .missingKey(sealed.keyID))
        }
        guard let clear = AES256GCM.open(sealed.box, key: key.bytes, context: Self.context(part, type)) else {
            throw SealFailure(cause: .spoilt(key.id))
        }
        return clear
    }
}
