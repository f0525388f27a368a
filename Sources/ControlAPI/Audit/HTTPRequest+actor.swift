internal import Audit
internal import HTTPServer

extension HTTPRequest {
    /// Who asks, for the audit trail.
    var actor: Actor {
        Actor(principal.kind == .token ? .token : .key, id: principal.id, name: principal.name, address: client)
    }

    /// The same in a few words, for what remembers only those.
    var actorName: String { "\(principal.name) (\(principal.kind.rawValue) \(principal.id))" }
}
