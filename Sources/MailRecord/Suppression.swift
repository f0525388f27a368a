public import FoundationEssentials
internal import PostgresClient

/// An address that gets no mail, or none of a list.
public struct Suppression: Sendable, Equatable {
    public enum Reason: String, Sendable, CaseIterable {
        /// There is no such address.
        case hardBounce = "hard_bounce"
        /// Its reader called our mail unwanted.
        case complaint
        case unsubscribe
        /// A person decided.
        case manual
    }

    /// All mail: the scope where no list is named.
    public static let everything = "*"

    public var address: String
    /// The name of a list, or ``everything``. An unsubscription from everything does not hold for mail of no list.
    public var scope: String
    public var reason: Reason
    public var detail: String?
    /// Who said so.
    public var source: String
    /// How long it holds; nil is for ever.
    public var expires: Date?
    public let created: Date?

    public init(_ address: String, scope: String = everything, reason: Reason, source: String) {
        self.address = MailAddress.normal(address)
        self.scope = scope
        self.reason = reason
        self.source = source
        created = nil
    }

    init(_ row: PostgresRow) throws(PostgresError) {
        address = try row["address"]
        scope = try row["scope"]
        // The table allows no other.
        reason = Reason(rawValue: try row["reason"]) ?? .manual
        detail = try row["detail"]
        source = try row["source"]
        let (created, expires): (Double, Double?) = (try row["created"], try row["expires"])
        self.created = Date(timeIntervalSince1970: created)
        self.expires = expires.map { Date(timeIntervalSince1970: $0) }
    }
}
