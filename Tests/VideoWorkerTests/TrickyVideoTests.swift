import Foundation
import JobTesting
import MediaProbe
import TestSupport
import Testing
import VideoWorker

/// What cameras, phones and recorders make.
@Suite("Tricky videos", .timeLimit(.minutes(5)))
struct TrickyVideoTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let arguments: String
        let size: String
        let frameRate: Double
        var hasSound = true
        var seconds = 2.0
    }

    private static let x264 = "-c:v libx264 -preset ultrafast"
    private static let picture = "-f lavfi -i testsrc2=s=640x360:r=30"
    private static let tone = "-f lavfi -i sine=f=440:r=48000"

    static let samples = [
        Sample(
            testDescription: "no sound", arguments: "\(picture) -t 2 \(x264) -f mp4", size: "640x360", frameRate: 30,
            hasSound: false),
        Sample(
            testDescription: "odd size",
            arguments: "-f lavfi -i testsrc2=s=641x363:r=25 \(tone) -t 2 \(x264) -pix_fmt yuv444p -c:a aac -f mp4",
            size: "640x362", frameRate: 25),
        Sample(
            testDescription: "mono", arguments: "\(picture) \(tone) -ac 1 -t 2 \(x264) -c:a aac -f mp4",
            size: "640x360",
            frameRate: 30),
        Sample(
            testDescription: "5.1",
            arguments:
                "\(picture) -f lavfi -i aevalsrc=0.1|0.2|0.3|0|0.1|0.2:c=5.1:s=48000 -t 2 \(x264) -c:a ac3 -f mov",
            size: "640x360", frameRate: 30),
        Sample(
            testDescription: "HDR of 10 bits",
            arguments:
                "\(picture) \(tone) -t 2 -c:v libx265 -preset ultrafast -pix_fmt yuv420p10le -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc -x265-params log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc -c:a aac -f mp4",
            size: "640x360", frameRate: 30),
        Sample(
            testDescription: "HLG",
            arguments:
                "\(picture) -t 2 -c:v libx265 -preset ultrafast -pix_fmt yuv420p10le -x265-params log-level=error:colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc -color_trc arib-std-b67 -f matroska",
            size: "640x360", frameRate: 30, hasSound: false),
        Sample(
            testDescription: "1 frame a second",
            arguments: "-f lavfi -i testsrc2=s=320x180:r=1 \(tone) -t 4 \(x264) -c:a aac -f mp4",
            size: "320x180", frameRate: 1, seconds: 4),
        Sample(
            testDescription: "120 frames a second",
            arguments: "-f lavfi -i testsrc2=s=320x180:r=120 \(tone) -t 2 \(x264) -c:a aac -f mp4",
            size: "320x180", frameRate: 60),
        Sample(
            testDescription: "frames at uneven distances",
            arguments:
                "-f lavfi -i testsrc2=s=320x180:r=30 \(tone) -t 4 -vf select='gt(random(1)\\,0.6)' -fps_mode vfr \(x264) -c:a aac -f mp4",
            size: "320x180", frameRate: 10, seconds: 4),
        Sample(
            testDescription: "WebM",
            arguments: "\(picture) \(tone) -t 2 -c:v libvpx -deadline realtime -cpu-used 8 -c:a libopus -f webm",
            size: "640x360", frameRate: 30),
        Sample(
            testDescription: "WebM of a browser, which does not say how long it is",
            arguments:
                "\(picture) \(tone) -t 2 -c:v libvpx -deadline realtime -cpu-used 8 -c:a libopus -live 1 -f webm",
            size: "640x360", frameRate: 30),
        Sample(
            testDescription: "AVI", arguments: "\(picture) \(tone) -t 2 -c:v mpeg4 -c:a mp3 -f avi", size: "640x360",
            frameRate: 30),
        Sample(
            testDescription: "a transport stream, interlaced",
            arguments:
                "-f lavfi -i testsrc2=s=720x576:r=25 \(tone) -t 2 -c:v mpeg2video -flags +ilme+ildct -top 1 -aspect 16:9 -c:a mp2 -f mpegts",
            size: "1024x576", frameRate: 25),
        Sample(
            testDescription: "pixels that are not square",
            arguments:
                "-f lavfi -i testsrc2=s=720x480:r=30000/1001 \(tone) -t 2 -vf setsar=8/9 \(x264) -c:a aac -f mp4",
            size: "640x480", frameRate: 29.97),
        Sample(
            testDescription: "a still picture under sound",
            arguments: "-f lavfi -i testsrc2=s=320x180:r=1/4 \(tone) -t 4 \(x264) -c:a aac -f mp4", size: "320x180",
            frameRate: 1, seconds: 4),
        Sample(
            testDescription: "a single frame",
            arguments: "-f lavfi -i testsrc2=s=320x180:r=1 -frames:v 1 \(x264) -f mp4",
            size: "320x180", frameRate: 1, hasSound: false, seconds: 1),
        Sample(
            testDescription: "MOV with an edit list",
            arguments: "\(picture) \(tone) -t 2 \(x264) -bf 3 -c:a aac -f mov",
            size: "640x360", frameRate: 30),
        Sample(
            testDescription: "sound that begins late",
            arguments: "\(picture) -itsoffset 0.8 \(tone) -t 2 \(x264) -c:a aac -f mp4",
            size: "640x360", frameRate: 30),
    ]

    @Test(arguments: samples)
    func `come out right`(sample: Sample) async throws {
        let studio = try Studio()
        try await studio.upload(sample.arguments)
        let video = try await studio.video()
        let top = try #require(video.renditions.first)
        #expect("\(top.width)x\(top.height)" == sample.size)
        #expect(abs(video.frameRate - sample.frameRate) < 0.01)
        #expect(abs(video.duration - sample.seconds) < 0.3)
        let download = try await studio.streams(video.download, "codec_name,pix_fmt,channels,color_transfer")
        #expect(download.count == (sample.hasSound ? 2 : 1))
        #expect(download[0].hasPrefix("codec_name=h264|pix_fmt=yuv420p"))
        #expect(!download[0].contains("2084") && !download[0].contains("b67"))
        if sample.hasSound { #expect(download[1].contains("channels=2")) }
        #expect(try await studio.play(video.master).isEmpty)
    }

    @Test func `of a phone that was held upright stay upright`() async throws {
        let studio = try Studio()
        try await studio.upload("\(Self.picture) \(Self.tone) -t 2 \(Self.x264) -c:a aac -f mp4")
        let plain = studio.temporary.file("plain.mp4")
        try FileManager.default.moveItem(atPath: studio.path("uploads/video"), toPath: plain)
        try await studio.upload("-i \(plain) -c copy -metadata:s:v:0 rotate=90 -f mp4")
        let video = try await studio.video()
        #expect(video.renditions.map { "\($0.width)x\($0.height)" } == ["360x640", "240x426"])
        let download = try await studio.streams(video.download, "width,height:stream_side_data=rotation")
        #expect(download.first?.hasPrefix("width=360|height=640") == true)
        #expect(download.first?.contains("rotation") == false)
    }

    @Test func `with a cover only are a still picture`() async throws {
        let studio = try Studio()
        let cover = studio.temporary.file("cover.png")
        try await Studio.ffmpeg.run("-v", "error", "-f", "lavfi", "-i", "testsrc2=s=300x300", "-frames:v", "1", cover)
        try await studio.upload(
            "\(Self.tone) -i \(cover) -map 0:a -map 1:v -t 3 -c:a aac -c:v copy -disposition:v:0 attached_pic -f mp4")
        let video = try await studio.video()
        #expect(abs(video.duration - 3) < 0.2)
        #expect(video.renditions.first?.width == 300)
    }
    /// A lecture that was recorded as sound. Its frames come beside the sound, not behind all of it: an encoder that reports
    /// none for two minutes is ended.
    @Test func `with a cover may be long`() async throws {
        let studio = try Studio()
        let (cover, minute) = (studio.temporary.file("cover.png"), studio.temporary.file("minute.m4a"))
        try await Studio.ffmpeg.run("-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x160", "-frames:v", "1", cover)
        try await Studio.ffmpeg.run(
            "-v", "error", "-f", "lavfi", "-i", "sine=f=440:r=48000", "-t", "60", "-c:a", "aac", "-f", "mp4", minute)
        let minutes = 5
        try await studio.upload(
            "-stream_loop \(minutes - 1) -i \(minute) -i \(cover) -map 0:a -map 1:v -c copy -disposition:v:0 attached_pic -f mp4"
        )
        let run = await studio.transcode()
        #expect(run.outcome.isSuccess, "\(run.outcome)")
        #expect(abs(try studio.pointer().duration - Double(minutes) * 60) < 1)
        // Of the encoder, which begins behind an eighth.
        #expect(try #require(run.progress.first { $0 > 0.13 }) < 0.5)
    }

    /// Else a talk of three hours takes gigabytes.
    @Test func `with a cover have no frames wait until a file of the storyboard is full`() async throws {
        let studio = try Studio()
        let cover = studio.temporary.file("cover.png")
        try await Studio.ffmpeg.run("-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x160", "-frames:v", "1", cover)
        try await studio.upload(
            "\(Self.tone) -i \(cover) -map 0:a -map 1:v -t 600 -c:a aac -c:v copy -disposition:v:0 attached_pic -f mp4")
        let upload = studio.path("uploads/video")
        let answer = try await Studio.ffprobe.run(
            "-v", "error", "-show_entries", MediaFacts.probeEntries, "-of", "json", upload)
        let plain = PlainEncode(of: upload, try MediaFacts(probe: answer, container: .mov), studio.rules)
        for name in plain.folders { try studio.temporary.makeFolder("encoded/\(name)") }
        let folder = studio.temporary.file("encoded")
        try await Tool("/bin/sh").run(["-c", "cd \"$0\" && exec ffmpeg \"$@\" 2>log", folder] + plain.arguments)
        let said = try String(contentsOfFile: folder + "/log", encoding: .utf8)
        #expect(!said.contains("buffers queued"), "\(said)")
    }
}
