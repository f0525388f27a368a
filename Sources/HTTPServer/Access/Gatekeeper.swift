/// Tells who may come in. It is asked on the server's own threads, so it never waits: what it must fetch, it has.
package protocol Gatekeeper: Sendable {
    /// Asked for all that is not public.
    /// - Parameter client: the address of the connection, which may be that of a proxy.
    func admit(_ fields: HTTPFields, from client: String) -> Admission

    /// Asked again and again while an answer goes on: whoever was let in may have been turned out since. It counts for no limit.
    func readmit(_ fields: HTTPFields, from client: String) -> Admission

    /// Asked for what is public, where nobody has to say who he is.
    func admitAnybody(_ fields: HTTPFields, from client: String) -> Admission
}

extension Gatekeeper {
    package func readmit(_ fields: HTTPFields, from client: String) -> Admission { admit(fields, from: client) }
}

/// Lets nobody in but to what is public.
package struct ClosedGate: Gatekeeper {
    package init() {}

    package func admit(_ fields: HTTPFields, from client: String) -> Admission { .unknown }
    package func admitAnybody(_ fields: HTTPFields, from client: String) -> Admission { .admitted(.nobody) }
}
