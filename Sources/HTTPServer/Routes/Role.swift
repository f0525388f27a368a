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
}
