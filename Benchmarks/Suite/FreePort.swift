internal import Glibc

enum FreePort {
    /// A port of 127.0.0.1 that nobody listens on at this moment.
    static func find() throws -> UInt16 {
        let listener = try LoopbackListener()
        return listener.port
    }
}
