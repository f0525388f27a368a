/// What `coursework dead` can do.
protocol DeadVerb: Verb {
    /// Whether it listens to signals itself, to end between two portions; others end at once.
    static var endsGently: Bool { get }

    /// - Throws: `CommandFailure` with `.usage` for arguments that make no sense.
    init(_ arguments: inout Arguments, _ setup: Setup) throws
    func run(_ office: DeadOffice) async throws
}

extension DeadVerb {
    static var endsGently: Bool { false }
}
