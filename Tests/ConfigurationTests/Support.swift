import FoundationEssentials
import Jobs

@testable import Configuration

/// Reads a configuration from a text as if it were the file `test.json5`.
func read(
    _ text: String, environment: [String: String] = [:], domains: [String] = ["email"]
) throws(ConfigurationError) -> Configuration {
    let document = try Document(text: Array(text.utf8), file: "test.json5")
    return try Configuration.read(document, environment: environment, domains: domains)
}

/// What the command prints about a text; empty when nothing is wrong.
func complaint(about text: String, environment: [String: String] = [:]) -> String {
    do throws(ConfigurationError) {
        _ = try read(text, environment: environment)
        return ""
    } catch {
        return error.description
    }
}

/// The file in `Config` that the project ships.
let shippedFile = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Config/coursework.json5"

func shippedText() throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: shippedFile))) }

/// Runs a body with a folder that is gone afterwards.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "configuration-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
}

/// A domain's section with one required and two optional keys.
struct MailSettings: DomainSettings, Equatable {
    enum Security: String, Decodable { case none, tls }

    static let keys = ["from", "port", "security"]
    var from = "nobody"
    var port: Int?
    var security: Security?
}

/// SplitMix64: the same seed gives the same numbers on every machine.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
