/// What all domains of a process share, such as the client of the database, by its type:
///
///     guard let ledger = surroundings.services[EffectLedger.self] else { … }
///
/// So a domain gets a server's client without this module knowing any server.
public struct SharedServices: Sendable {
    private var services: [ObjectIdentifier: any Sendable] = [:]

    public init() {}

    /// Nil when the operator has not configured it: the domain then says what is missing, at the latest in the dead
    /// letter of a job that needs it.
    public subscript<Service: Sendable>(type: Service.Type) -> Service? {
        get { services[ObjectIdentifier(type)] as? Service }
        set { services[ObjectIdentifier(type)] = newValue }
    }
}
