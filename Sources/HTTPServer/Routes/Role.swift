/// Who may use a route.
package enum Role: String, Sendable, CaseIterable {
    /// Anybody.
    case `public`
    /// Who enqueues jobs.
    case producer
    /// Who watches over jobs and steers them.
    case `operator`
    /// Who may do everything.
    case admin

    /// Whether who has this role may use what is for another one: each may all that the ones before it may.
    ///
    /// An operator edits and replays dead letters, which is as good as enqueuing: to refuse him the latter would protect
    /// nothing. A producer sees nothing but what it needs to enqueue, and to follow what it has enqueued: that is the role
    /// for a web tier. No role is taken where none is said.
    package func allows(_ other: Role) -> Bool { rank >= other.rank }

    private var rank: Int {
        switch self {
        case .public: 0
        case .producer: 1
        case .operator: 2
        case .admin: 3
        }
    }
}
