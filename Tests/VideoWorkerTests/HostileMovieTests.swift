import Foundation
import JobTesting
import MediaSandbox
import MediaSupport
import TestSupport
import Testing
import VideoWorker

/// H-11, the other part: files that ffmpeg does read, and that are to wear it out or lead it astray. Each ends, as a video
/// or as a dead letter.
@Suite("H-11: hostile movies", .timeLimit(.minutes(5)))
struct HostileMovieTests {
    /// Every third; `make faults` runs all.
    private static let movies = HostileFile.movies.enumerated()
        .filter { $0.offset % Form.current(short: 3, full: 1) == 0 }.map(\.element)

    @Test(arguments: movies)
    func `ends as a video or as a dead letter, and reaches nothing`(file: HostileFile) async throws {
        let hunt = try CanaryHunt(.bubblewrap)
        try hunt.upload(file)
        var job = TestJob()
        job.attempt = 2
        let run = await hunt.studio.transcode(as: job)
        #expect(run.outcome.isSuccess || run.outcome.burial != nil, "\(run.outcome)")
        try hunt.check(run)
    }

    struct Made: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let arguments: String
    }

    @Test(arguments: [
        Made(
            testDescription: "many attachments",
            arguments: "-f lavfi -i testsrc2=s=64x64:r=5 -t 1 ATTACHMENTS -c:v libx264 -f matroska"),
        Made(
            testDescription: "many subtitles",
            arguments: "-f lavfi -i testsrc2=s=64x64:r=5 -i SUBTITLES -t 9 -c:v libx264 -c:s srt -f matroska"),
        Made(
            testDescription: "words in its metadata",
            arguments:
                "-f lavfi -i testsrc2=s=64x64:r=5 -t 1 -c:v libx264 -metadata title=\u{1B}[2J#EXTM3U -metadata:s:v language=\"\n# -f matroska"
        ),
    ])
    func `that carries what nobody asked for is made without it`(made: Made) async throws {
        let hunt = try CanaryHunt(.bubblewrap, stallTime: .seconds(120))
        let cues = (0..<20_000).map { "\($0 + 1)\n00:00:01,000 --> 00:00:0\(2 + $0 % 6),000\n{\\fs9999}<b>\($0)\n\n" }
        try hunt.studio.upload(Array(cues.joined().utf8), as: "uploads/cues.srt")
        let attachments = (0..<100).map { "-attach \(hunt.secret) -metadata:s:t:\($0) mimetype=text/plain" }
        try await hunt.studio.upload(
            made.arguments.replacing("SUBTITLES", with: hunt.studio.path("uploads/cues.srt"))
                .replacing("ATTACHMENTS", with: attachments.joined(separator: " ")))
        let run = await hunt.studio.transcode()
        #expect(run.outcome.isSuccess, "\(run.outcome)")
        try hunt.check(run)
    }
}
