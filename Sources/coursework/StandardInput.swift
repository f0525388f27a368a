import Glibc

enum StandardInput {
    static func readAll() throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            guard count >= 0 else { throw CommandFailure(.failed, "Standard input cannot be read.") }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }
}
