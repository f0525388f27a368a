internal import FoundationEssentials
internal import Glibc
package import Platform
package import RedisClient
internal import Signing

/// A folder with the passwords of the roles, a file each, named like the role. So no password stands in a URL, an argument
/// or the environment of a process, and each program reads its own alone.
package struct RedisAccounts: Sendable, Equatable {
    package let folder: String

    package init(folder: String) { self.folder = folder }

    package func file(of role: RedisRole) -> String { folder + "/" + role.rawValue }

    /// The same server, signed in to as this role. Where the folder has no file for it, as who the address says: a server
    /// that is closed to strangers refuses that one.
    package func signIn(as role: RedisRole, to server: RedisConfiguration) throws(AccountFailure) -> RedisConfiguration
    {
        guard let password = try password(of: role) else { return server }
        var server = server
        (server.user, server.password) = (role.rawValue, password)
        return server
    }

    /// Nil when there is none.
    package func password(of role: RedisRole) throws(AccountFailure) -> Secret? {
        guard FileManager.default.fileExists(atPath: file(of: role)) else { return nil }
        guard let text = try? String(contentsOfFile: file(of: role), encoding: .utf8),
            let password = text.split(whereSeparator: \.isNewline).first
        else {
            throw AccountFailure(
                "The file \(file(of: role)) cannot be read, which holds the password of the Redis user "
                    + "'\(role.rawValue)': check its owner.")
        }
        return Secret(String(password))
    }

    /// The passwords of all roles; those that are missing are made.
    package func makeAll() throws(AccountFailure) -> [RedisRole: Secret] {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw AccountFailure("The folder \(folder) cannot be made: \(error)")
        }
        var passwords: [RedisRole: Secret] = [:]
        for role in RedisRole.allCases {
            if let password = try password(of: role) {
                passwords[role] = password
            } else {
                passwords[role] = try make(role)
            }
        }
        return passwords
    }

    private func make(_ role: RedisRole) throws(AccountFailure) -> Secret {
        let password = Self.randomPassword()
        do throws(SystemError) {
            let directory = FileDescriptor(owning: open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
            let file = try NewFile(in: directory, folder, mode: 0o600)
            try file.write(Array((password.value + "\n").utf8))
            try file.publish(as: role.rawValue)
        } catch {
            throw AccountFailure("The file \(file(of: role)) cannot be written: \(error)")
        }
        return password
    }

    /// 256 bits from the system's generator.
    private static func randomPassword() -> Secret {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return Secret(SHA256.text(hash: bytes))
    }
}
