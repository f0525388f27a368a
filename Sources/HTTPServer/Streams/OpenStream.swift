/// An answer that goes on, and to whom.
final class OpenStream: Sendable {
    let stream: ByteStream
    private let principal: Principal
    /// By which the client was let in.
    private let credentials: HTTPFields
    private let client: String

    init(_ stream: ByteStream, principal: Principal, credentials: HTTPFields, client: String) {
        (self.stream, self.principal, self.credentials, self.client) = (stream, principal, credentials, client)
    }

    /// Whether its client would be let in now, as the same and with the same role.
    func isStillAdmitted(by gatekeeper: any Gatekeeper) -> Bool {
        guard principal.kind != .nobody else { return true }
        guard case .admitted(let now) = gatekeeper.readmit(credentials, from: client) else { return false }
        return now == principal
    }
}
