import Foundation
import JobTesting
import Jobs
import MediaSandbox
import MediaSupport
import TestSupport
import Testing
import VideoWorker

/// H-11: files that would have ffmpeg read other files, call addresses, or work for ever. Each with the sandbox, and with
/// the allow-lists alone.
@Suite("H-11: hostile media", .timeLimit(.minutes(5)))
struct HostileMediaTests {
    @Test(arguments: HostileFile.refused, [Isolation.bubblewrap, .none])
    func `is parked with its reason, and reaches nothing`(file: HostileFile, isolation: Isolation) async throws {
        let hunt = try CanaryHunt(isolation)
        try hunt.upload(file)
        let run = await hunt.studio.transcode()
        #expect(run.outcome.burial != nil)
        try hunt.check(run)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: hunt.studio.path("")).filter { $0 != "uploads" }.isEmpty
        )
    }

    struct Made: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let arguments: String
        let reason: String
    }

    @Test(arguments: [
        Made(
            testDescription: "a rare decoder, MagicYUV",
            arguments: "-f lavfi -i testsrc2=s=64x64 -t 1 -c:v magicyuv -f avi",
            reason: "coded as magicyuv"),
        Made(
            testDescription: "sound alone", arguments: "-f lavfi -i sine -t 1 -c:a aac -f mp4", reason: "has no picture"
        ),
        Made(
            testDescription: "more pixels than 8K",
            arguments: "-f lavfi -i color=s=9000x4400:r=1 -frames:v 1 -c:v mjpeg -f avi",
            reason: "larger than 8K"),
    ])
    func `that is a video of a kind is refused in a sentence`(made: Made) async throws {
        let studio = try Studio()
        try await studio.upload(made.arguments)
        let run = await studio.transcode()
        #expect(run.outcome.burial?.contains(made.reason) == true, "\(run.outcome)")
    }

    @Test(arguments: [0.3, 0.6, 0.95])
    func `that is not whole is refused`(share: Double) async throws {
        let studio = try Studio()
        try await studio.upload(
            "-f lavfi -i testsrc2=s=320x180:r=25 -t 20 -c:v libx264 -preset ultrafast -g 25 -movflags +faststart -f mp4"
        )
        let whole = try Data(contentsOf: URL(fileURLWithPath: studio.path("uploads/video")))
        try studio.upload(whole.prefix(Int(Double(whole.count) * share * 0.6)))
        let run = await studio.transcode()
        #expect(run.outcome.burial?.contains("damaged") == true, "\(run.outcome)")
        #expect(throws: (any Error).self) { try studio.pointer() }
    }

    @Test func `that lasts longer than allowed is refused`() async throws {
        let studio = try Studio { $0.maxDuration = .seconds(2) }
        try await studio.upload("-f lavfi -i color=s=64x64:r=1 -t 10 -c:v libx264 -f mp4")
        let run = await studio.transcode()
        #expect(run.outcome.burial?.contains("longer than workers.video.maxDuration") == true)
    }
}
