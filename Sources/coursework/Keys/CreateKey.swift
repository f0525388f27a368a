import Access
import Audit
import HTTPServer
import Jobs
import Platform
import Reports

/// `keys create`: makes a key and shows it once.
struct CreateKey: KeysVerb {
    static let actions = ["key.create"]

    private struct Report: Encodable {
        let id: String
        let name: String
        let role: String
        let created: Timestamp
        let expires: Timestamp?
        let key: String
    }

    private static let lives: ClosedRange<Duration> = .seconds(1) ... .seconds(3650 * 86_400)

    private let name: String
    private let role: Role
    private let expires: Duration?
    private let json: Bool

    init(_ arguments: inout Arguments) throws {
        json = arguments.flag("--json")
        expires = try arguments.option("--expire").map(Self.life)
        role = try Self.role(try arguments.option("--role"))
        name = try arguments.word(orSay: "Say what the key is called, such as web-1.")
        guard KeyRecord.isName(name) else {
            throw CommandFailure(.usage, "A key's name has 1 to 64 letters, digits, '-', '_' and '.'.")
        }
    }

    var target: AuditTarget { AuditTarget("key \(name) of role \(role.rawValue)") }

    func run(_ store: KeyStore) async throws {
        let end = expires.map { Timestamp(milliseconds: WallClock.milliseconds + Int($0.milliseconds)) }
        guard let (key, record) = try await store.create(name, role: role, expires: end, by: Person.name) else {
            throw CommandFailure(.failed, "There are \(KeyStore.most) keys already: revoke what is not used.")
        }
        guard !json else {
            let report = Report(
                id: record.id, name: record.name, role: record.role.rawValue, created: record.created,
                expires: record.expires, key: key.text)
            return Terminal.print(JSONText.of(report))
        }
        Terminal.print(key.text)
        let until = record.expires.map { "until \($0)" } ?? "until it is revoked"
        Terminal.note("The key \(key.id) of \(name) holds as \(role.rawValue) \(until). It is not shown again.")
    }

    private static func role(_ text: String?) throws -> Role {
        guard let role = text.flatMap({ Role(rawValue: $0) }), role != .public else {
            throw CommandFailure(.usage, "Say what the key may do: --role producer, operator or admin.")
        }
        return role
    }

    private static func life(_ text: String) throws -> Duration {
        guard let life = try? DurationText.parse(text), lives.contains(life) else {
            throw CommandFailure(.usage, "--expire must be a time such as 90d, up to 3650d.")
        }
        return life
    }
}
