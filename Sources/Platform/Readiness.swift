internal import Glibc

/// How a process tells those who started it that it does its duty now: a byte down the pipe its parent gave it, and
/// systemd's notification socket (sd_notify(3)) when there is one.
public enum Readiness {
    /// Where a parent that wants to know puts its pipe.
    static let descriptor: Int32 = 3

    private static let variable = "COURSEWORK_READY_FD"

    /// The environment that makes a child announce itself.
    public static let environment = [variable: String(descriptor)]

    public static func announce() {
        if getenv(variable) != nil {
            write(descriptor, "1", 1)
            close(descriptor)
            unsetenv(variable)
        }
        tellSystemd("READY=1")
    }

    public static func announceStopping() { tellSystemd("STOPPING=1") }

    private static func tellSystemd(_ message: String) {
        guard let path = getenv("NOTIFY_SOCKET").map({ String(cString: $0) }),
            path.hasPrefix("/") || path.hasPrefix("@")
        else { return }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // A leading @ stands for the zero byte of an abstract address.
        var bytes = Array(path.utf8)
        if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 }
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let size = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = sendto(descriptor, message, message.utf8.count, Int32(MSG_NOSIGNAL), $0, size)
            }
        }
    }
}
