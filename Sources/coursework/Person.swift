import FoundationEssentials

/// Who sits at the shell.
enum Person {
    /// For those who look into it later.
    static var name: String {
        let environment = Setup.environment
        let user = environment["SUDO_USER"] ?? environment["USER"] ?? ProcessInfo.processInfo.userName
        return "\(user)@\(ProcessInfo.processInfo.hostName)"
    }
}
