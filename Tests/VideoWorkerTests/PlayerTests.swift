import Foundation
import TestSupport
import Testing
import VideoWorker

/// What was published, in players that others wrote: Chromium, which plays HLS by itself and through Media Source
/// Extensions, and GStreamer, with both of its demuxers.
@Suite("Players", .serialized, .timeLimit(.minutes(5)))
struct PlayerTests {
    private static let picture = "-f lavfi -i testsrc2=s=640x360:r=30"
    private static let x264 = "-t 8 -c:v libx264 -preset ultrafast"
    private static let sounding = "\(picture) -f lavfi -i sine=f=440:r=44100 \(x264) -c:a aac -ac 2 -f mp4"
    private static let silent = "\(picture) \(x264) -f mp4"
    private static let frames = 240

    @Test func `play all of a video with sound and captions`() async throws {
        let studio = try Studio()
        try studio.upload(
            Array("1\n00:00:01,000 --> 00:00:02,000\nHallo\n\n2\n00:00:07,000 --> 00:00:07,500\nWelt\n".utf8),
            as: "uploads/de.srt")
        try await studio.upload(Self.sounding)
        var job = TranscodeVideo(source: "uploads/video", destination: "videos/one")
        job.captions = [.init(source: "uploads/de.srt", language: "de", name: "Deutsch")]
        #expect(await studio.transcode(job).outcome.isSuccess)
        let video = try studio.pointer()
        try await PlayerSite.with(studio) { site in
            try await browse(video, site, hasSound: true)
            try await decode(video, site, hasSound: true)
        }
    }

    @Test func `play all of a silent video`() async throws {
        let studio = try Studio()
        try await studio.upload(Self.silent)
        let video = try await studio.video()
        try await PlayerSite.with(studio) { site in
            try await browse(video, site, hasSound: false)
            try await decode(video, site, hasSound: false)
        }
    }

    /// Chromium's own player and GStreamer 1.22 take the initialization for encrypted too, and then its padding for part of
    /// the first segment: what is encrypted and no transport stream they cannot play. Libraries for players can.
    @Test func `play all of an encrypted video, whose key a web server answers`() async throws {
        let studio = try Studio()
        try await studio.upload(Self.sounding)
        try await PlayerSite.with(studio) { site in
            var job = TranscodeVideo(source: "uploads/video", destination: "videos/one")
            job.encryption = .init(address: site.address("keys/one"), key: "keys/one")
            #expect(await studio.transcode(job).outcome.isSuccess)
            let video = try studio.pointer()
            let seen = try await site.browse([
                .init(address: "/" + video.master), .init(address: "/" + video.master, pieces: true),
            ])
            // At once, so that a page can take its library instead.
            #expect(seen.first?.error.hasPrefix("NotSupportedError") == true)
            try check(#require(seen.last), video, hasSound: true)
        }
    }

    private func browse(_ video: TranscodedVideo, _ site: PlayerSite, hasSound: Bool) async throws {
        let (master, download) = ("/" + video.master, "/" + video.download)
        let seen = try await site.browse([
            .init(address: master), .init(address: master, pieces: true), .init(address: download),
        ])
        #expect(seen.count == 3)
        for one in seen { check(one, video, hasSound: hasSound) }
        // From one rendition to another in the middle, without a gap.
        #expect(seen[1].sizes.prefix(2) == ["640x360", "426x240"])
        #expect(seen[1].ranges == (hasSound ? [1, 1] : [1]))
    }

    private func check(_ seen: PlayerSite.Seen, _ video: TranscodedVideo, hasSound: Bool) {
        #expect(seen.error == "")
        #expect(abs(seen.seconds - video.duration) < 0.1, "\(seen)")
        #expect(seen.frames == Self.frames && seen.corrupted == 0, "\(seen)")
        #expect((seen.soundBytes > 0) == hasSound, "\(seen)")
    }

    private func decode(_ video: TranscodedVideo, _ site: PlayerSite, hasSound: Bool) async throws {
        for element in ["playbin", "playbin3"] {
            for kilobits in [100_000, 100] {
                let decoded = try await site.decode(video.master, element, kilobits: kilobits)
                #expect(decoded.frames == Self.frames, "\(element) at \(kilobits) kbit/s")
                // The encoder's first frame of sound, which is heard of nobody, counts too.
                let samples = hasSound ? 384_000...386_048 : 0...0
                #expect(samples.contains(decoded.samples), "\(element) at \(kilobits) kbit/s: \(decoded)")
            }
        }
    }
}
