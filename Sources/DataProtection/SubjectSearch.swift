internal import DeadLetters
public import PayloadSchemas

/// Finds out whether a job is about a person.
///
/// A type says in its payload schema which fields name one (`x-subject`): then those count. Of a type that says nothing, or
/// that this program does not know, any value that is the name counts.
public struct SubjectSearch: Sendable {
    public let subject: Subject
    private let schema: @Sendable (_ type: String) -> PayloadSchema?

    public init(_ subject: Subject, schema: @escaping @Sendable (_ type: String) -> PayloadSchema?) {
        (self.subject, self.schema) = (subject, schema)
    }

    /// - Parameter args: in the clear.
    public func isAbout(_ args: [UInt8], of type: String) -> Bool {
        guard let json = JSONValue(parsing: args) else { return subject.isMentioned(in: args) }
        guard let schema = schema(type), schema.saysSubjects else { return isAnywhere(in: json) }
        return isAbout(json, schema)
    }

    private func isAbout(_ json: JSONValue, _ schema: PayloadSchema) -> Bool {
        if schema.namesSubject { return isAnywhere(in: json) }
        return switch (schema.kind, json) {
        case (.array(let element, _), .array(let values)): values.contains { isAbout($0, element) }
        case (.oneOf(let options), _): options.contains { isAbout(json, $0) }
        case (.object(let rules), .object(let members)):
            members.contains { member in
                rules.properties.contains { $0.name == member.key && isAbout(member.value, $0.schema) }
            }
        default: false
        }
    }

    private func isAnywhere(in json: JSONValue) -> Bool {
        switch json {
        case .string(let text): subject.isNamed(by: text)
        case .number(let text): subject.isNamed(by: text)
        case .array(let values): values.contains(where: isAnywhere)
        case .object(let members): members.contains { subject.isNamed(by: $0.key) || isAnywhere(in: $0.value) }
        case .null, .bool: false
        }
    }
}
