internal import FoundationEssentials
internal import Glibc

/// Who runs the private servers: ourselves, or, when we are root, the user nobody.
struct LocalUser {
    /// Arguments for setpriv(1). The servers are told to end when we end, however that happens.
    let privilegeArguments: [String]

    /// Makes the folder, readable only for the user who will run the server in it.
    /// - Parameter endSignal: what the server gets when we end.
    static func prepare(folder: String, endSignal: String = "TERM") throws -> LocalUser {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw LocalServerFailure("The folder \(folder) cannot be made: \(error)")
        }
        let end = ["--pdeathsig", endSignal]
        guard geteuid() == 0 else { return LocalUser(privilegeArguments: end) }
        guard let nobody = getpwnam("nobody")?.pointee else {
            throw LocalServerFailure("There is no user nobody to run the private servers as: start as a normal user.")
        }
        guard chown(folder, nobody.pw_uid, nobody.pw_gid) == 0 else {
            throw LocalServerFailure("The folder \(folder) cannot be given to the user nobody.")
        }
        return LocalUser(
            privilegeArguments: [
                "--reuid", String(nobody.pw_uid), "--regid", String(nobody.pw_gid), "--clear-groups",
            ] + end)
    }
}
