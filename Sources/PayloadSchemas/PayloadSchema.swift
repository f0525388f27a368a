/// What a payload may look like: published as JSON Schema (2020-12), and checked before a job is enqueued.
///
///     static let payloadSchema = PayloadSchema.object(
///         "The receipt of an order.",
///         [.required("orderID", .integer(1...Int.max), "Which order.")])
///
/// It says what a decoder of Swift takes, no more than it and as little less as JSON Schema can say: a property that may be
/// left out may be null as well. What it cannot say is left to the handler.
public struct PayloadSchema: Sendable, Equatable {
    public indirect enum Kind: Sendable, Equatable {
        /// Whatever JSON can say.
        case any
        /// Nothing: the property must be left out.
        case never
        case null
        case boolean
        /// Also one that is written as `1.0` or `1e2`.
        case integer(ClosedRange<Int>)
        /// Nil: any that a `Double` holds.
        case number(ClosedRange<Double>?)
        case text(TextRules)
        /// One of these texts.
        case choice([String])
        case array(of: PayloadSchema, count: ClosedRange<Int>)
        case object(ObjectRules)
        /// One of these, told apart by their ``JSONShape``.
        case oneOf([PayloadSchema])
    }

    public let kind: Kind
    /// For people: what it is, in a sentence.
    public let description: String?
    /// Whether null is as good.
    public let isNullable: Bool
    /// Whether it names a person whom the job is about: `x-subject`.
    public private(set) var namesSubject = false

    init(_ kind: Kind, _ description: String? = nil, isNullable: Bool = false) {
        (self.kind, self.description, self.isNullable) = (kind, description, isNullable)
    }

    /// The same, and it names a person whom the job is about: `coursework erase` goes by that.
    public var subject: PayloadSchema {
        var schema = self
        schema.namesSubject = true
        return schema
    }

    /// Whether it says anywhere who the job is about.
    public var saysSubjects: Bool {
        if namesSubject { return true }
        return switch kind {
        case .array(let element, _): element.saysSubjects
        case .object(let rules): rules.properties.contains(where: \.schema.saysSubjects)
        case .oneOf(let options): options.contains(where: \.saysSubjects)
        default: false
        }
    }

    /// The same, told in other words.
    public func described(_ description: String) -> PayloadSchema {
        let schema = PayloadSchema(kind, description, isNullable: isNullable)
        return namesSubject ? schema.subject : schema
    }

    /// The same or null.
    public var orNull: PayloadSchema {
        guard kind != .never else { return self }
        let schema = PayloadSchema(kind, description, isNullable: true)
        return namesSubject ? schema.subject : schema
    }

    /// The first sentence of the description, less its full stop.
    public var summary: String {
        guard let description else { return "" }
        let end = description.firstIndex { $0 == ":" || $0 == "." } ?? description.endIndex
        return String(description[..<end])
    }
}
