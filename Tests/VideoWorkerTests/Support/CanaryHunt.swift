import Foundation
import JobTesting
import MediaSandbox
import MediaSupport
import TestSupport
import Testing

/// A studio beside a file that must not be read and a port that must not be called.
struct CanaryHunt {
    /// A word that stands in the file.
    static let canary = "CANARY-4711-CANARY"

    let studio: Studio
    /// The path of the file.
    let secret: String
    let listener: Listener

    /// - Parameter stallTime: after which a program is ended that comes no further.
    init(_ isolation: Isolation, stallTime: Duration = .seconds(15)) throws {
        studio = try Studio { rules in
            rules.isolation = isolation
            (rules.probeTime, rules.stallTime) = (.seconds(4), stallTime)
        }
        listener = try Listener()
        secret = studio.temporary.file("secret")
        try Data("\(Self.canary)\n".utf8).write(to: URL(fileURLWithPath: secret))
    }

    func upload(_ file: HostileFile) throws {
        try studio.upload(file.bytes(secret, listener.port))
    }

    /// Nobody was called, nothing left the file, and nothing is left where it was worked on.
    func check(_ run: TestRun) throws {
        #expect(!listener.wasCalled)
        #expect(run.outcome.burial?.contains(Self.canary) != true)
        // What people read of it is for their terminals.
        #expect(run.outcome.burial?.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" } != true)
        let files = FileManager.default
        for name in try files.subpathsOfDirectory(atPath: studio.path("")) where !name.hasPrefix("uploads") {
            let bytes = files.contents(atPath: studio.path(name)) ?? Data()
            #expect(bytes.range(of: Data(Self.canary.utf8)) == nil, "\(name)")
        }
        #expect(try files.contentsOfDirectory(atPath: studio.rules.workFolder).isEmpty)
    }
}
