import FoundationEssentials

/// The payload is not what its job type asks for; no attempt will change that.
public struct UndecodablePayload: Error, CustomStringConvertible {
    public let type: JobType
    /// What is wrong with it: half a sentence that names the field.
    public let reason: String

    init(type: JobType, _ error: any Error) {
        self.type = type
        reason = Self.explain(error)
    }

    public var description: String { "The args of this \(type) job cannot be read: \(reason)" }

    private static func explain(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            "the field '\(path(context.codingPath + [key]))' is missing."
        case DecodingError.typeMismatch(let type, let context):
            "the field '\(path(context.codingPath))' should be \(type)."
        case DecodingError.valueNotFound(let type, let context):
            "the field '\(path(context.codingPath))' is null and should be \(type)."
        case DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty:
            "they are not valid JSON (\(reason(context)))."
        case DecodingError.dataCorrupted(let context):
            "the field '\(path(context.codingPath))' is wrong: \(context.debugDescription)"
        default:
            "\(error)"
        }
    }

    private static func reason(_ context: DecodingError.Context) -> String {
        guard let underlying = context.underlyingError else { return context.debugDescription }
        return "\(underlying)"
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        guard !keys.isEmpty else { return "(the whole)" }
        return keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
}
