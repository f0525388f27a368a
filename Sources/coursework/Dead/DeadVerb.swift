/// What `coursework dead` can do.
protocol DeadVerb: Verb {
    /// Whether it listens to signals itself, to end between two portions; others end at once.
    static var endsGently: Bool { get }
    /// Whether it has a question before it does anything.
    var asks: Bool { get }

    /// - Throws: `CommandFailure` with `.usage` for arguments that make no sense.
    init(_ arguments: inout Arguments, _ setup: Setup) throws
    func run(_ office: DeadOffice) async throws
    /// Asks it, and throws where the answer is no.
    func confirm(_ office: DeadOffice) async throws
}

extension DeadVerb {
    static var endsGently: Bool { false }
    var asks: Bool { false }
    func confirm(_ office: DeadOffice) async throws {}
}
