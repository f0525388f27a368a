extension RedisPipeline {
    /// Of a longer pipeline the beginning says enough.
    private static let mostNamed = 8

    /// What is asked, without its arguments: `FCALL cw_pause`, for an error that does not say it.
    var names: String {
        var (names, position): ([String], Int) = ([], 0)
        while position < bytes.count, names.count < Self.mostNamed {
            let count = number(at: &position)
            var words: [String] = []
            for index in 0..<count {
                let length = number(at: &position)
                // A function's name is its first argument.
                if index == 0 || (index == 1 && words[0].hasPrefix("FCALL")) {
                    words.append(String(decoding: bytes[position..<position + length], as: UTF8.self))
                }
                position += length + 2
            }
            let name = words.joined(separator: " ")
            if !names.contains(name) { names.append(name) }
        }
        return names.joined(separator: ", ")
    }

    /// Reads `*3\r\n` or `$3\r\n`, as they were written here.
    private func number(at position: inout Int) -> Int {
        var number = 0
        position += 1
        while bytes[position] != UInt8(ascii: "\r") {
            number = number * 10 + Int(bytes[position] - UInt8(ascii: "0"))
            position += 1
        }
        position += 2
        return number
    }
}
