internal import HTTPServer

extension HTTPRequest {
    /// Who asks, for what remembers it.
    var actorName: String { "\(principal.name) (\(principal.kind.rawValue) \(principal.id))" }
}
