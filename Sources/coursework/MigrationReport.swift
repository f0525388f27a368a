import Database

/// One migration as `migrate --json` prints it.
struct MigrationReport: Encodable {
    enum State: String, Encodable {
        /// By this run.
        case new
        /// By an earlier one.
        case applied
        case pending
    }

    let number: Int
    let name: String
    let state: State
    let appliedAt: String?

    init(_ status: MigrationStatus, new: [Migration]) {
        number = status.migration.number
        name = status.migration.name
        appliedAt = status.appliedAt
        state = status.appliedAt == nil ? .pending : new.contains(status.migration) ? .new : .applied
    }

    var line: String { "\(state.rawValue)  \(number) \(name)\(appliedAt.map { "  \($0)" } ?? "")" }
}
