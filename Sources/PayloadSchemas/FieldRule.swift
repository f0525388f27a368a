/// What holds between the properties of an object: it has one of some forms.
///
///     FieldRule("needs either 'attempt', or 'learner' and 'submission'", [
///         .init(has: ["attempt"], lacks: ["learner", "submission"]),
///         .init(has: ["learner", "submission"], lacks: ["attempt"]),
///     ])
public struct FieldRule: Sendable, Equatable {
    /// A property that is null counts as one that is left out.
    public struct Form: Sendable, Equatable {
        public let has: [String]
        public let lacks: [String]

        public init(has: [String] = [], lacks: [String] = []) { (self.has, self.lacks) = (has, lacks) }
    }

    /// Goes on from the place of the object: `needs …`.
    public let sentence: String
    public let forms: [Form]

    public init(_ sentence: String, _ forms: [Form]) { (self.sentence, self.forms) = (sentence, forms) }
}
