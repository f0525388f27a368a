package import Platform
internal import Signing

/// The list that ships of what each role may do, to be filled with passwords.
///
/// The file may have comments and lines that go on, which Redis takes in no `aclfile`: ``text(passwords:)`` does without.
package struct AccessList: Sendable {
    package struct User: Sendable, Equatable {
        package let name: String
        package let rules: [String]
    }

    package let users: [User]

    package static let shipped = AccessList(String(decoding: PackageResources.redis_acl, as: UTF8.self))

    init(_ text: String) {
        var users: [[Substring]] = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.first != "#" else { continue }
            if line.first == " " { users[users.count - 1] += words } else { users.append(Array(words)) }
        }
        // The first word is `user`.
        self.users = users.map { User(name: String($0[1]), rules: $0.dropFirst(2).map(String.init)) }
    }

    /// One line a user, as redis.conf's `aclfile` takes it. It holds hashes, from which nobody finds passwords of 256 random
    /// bits.
    package func text(passwords: [RedisRole: Secret]) -> String {
        users.map { user in
            let rules = user.rules.map { rule in Self.hash(in: rule, passwords) ?? rule }
            return "user \(user.name) \(rules.joined(separator: " "))\n"
        }.joined()
    }

    /// What `#<web>` stands for; nil for any other rule. Without a password nobody signs in.
    private static func hash(in rule: String, _ passwords: [RedisRole: Secret]) -> String? {
        guard rule.hasPrefix("#<"), rule.hasSuffix(">") else { return nil }
        guard let password = RedisRole(rawValue: String(rule.dropFirst(2).dropLast())).flatMap({ passwords[$0] })
        else { return "resetpass" }
        return "#" + SHA256.text(Array(password.value.utf8))
    }
}
