public import Testing

/// H-11: a file that would have ffmpeg read other files, call addresses, or work for ever.
public struct HostileFile: Sendable, CustomTestStringConvertible {
    public let testDescription: String
    /// - Parameters: the path of the file that must not be read; the port that must not be called.
    public let bytes: @Sendable (String, Int) -> [UInt8]

    init(_ name: String, _ bytes: @escaping @Sendable (String, Int) -> [UInt8]) {
        (testDescription, self.bytes) = (name, bytes)
    }

    static func text(_ name: String, _ text: @escaping @Sendable (String, Int) -> String) -> HostileFile {
        HostileFile(name) { Array(text($0, $1).utf8) }
    }

    public static let all = refused + movies
}
