import Audit
import FoundationEssentials
import Glibc

/// Who sits at the shell.
enum Person {
    /// For those who look into it later.
    static var name: String { "\(user)@\(ProcessInfo.processInfo.hostName)" }

    /// For the audit trail. The number is the kernel's; the name is what the environment says, which knows who went through
    /// sudo.
    static var actor: Actor {
        Actor(.shell, id: "\(getuid())", name: user, address: ProcessInfo.processInfo.hostName)
    }

    private static var user: String {
        let environment = Setup.environment
        return environment["SUDO_USER"] ?? environment["USER"] ?? ProcessInfo.processInfo.userName
    }
}
