/// Reads commands as a Redis server would: arrays of strings, in any split.
struct CommandReader {
    private var buffer: [UInt8] = []

    mutating func commands(in bytes: [UInt8]) -> [[String]] {
        buffer += bytes
        var commands: [[String]] = []
        while let (command, end) = command() {
            commands.append(command)
            buffer.removeFirst(end)
        }
        return commands
    }

    private func command() -> ([String], Int)? {
        var position = 0
        guard let count = number(after: "*", at: &position) else { return nil }
        var command: [String] = []
        for _ in 0..<count {
            guard let length = number(after: "$", at: &position), position + length + 2 <= buffer.count else {
                return nil
            }
            command.append(String(decoding: buffer[position..<position + length], as: UTF8.self))
            position += length + 2
        }
        return (command, position)
    }

    private func number(after mark: Unicode.Scalar, at position: inout Int) -> Int? {
        guard position < buffer.count, buffer[position] == UInt8(ascii: mark),
            let end = buffer[position...].firstIndex(of: UInt8(ascii: "\r")), end + 1 < buffer.count,
            let number = Int(String(decoding: buffer[position + 1..<end], as: UTF8.self))
        else { return nil }
        position = end + 2
        return number
    }
}
