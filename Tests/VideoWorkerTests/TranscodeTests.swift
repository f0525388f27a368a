import Foundation
import JobTesting
import Jobs
import TestSupport
import Testing
import VideoWorker

@Suite("Transcoding a video", .timeLimit(.minutes(5)))
struct TranscodeTests {
    private static let usual =
        "-f lavfi -i testsrc2=s=640x360:r=30 -f lavfi -i sine=f=440:d=9:r=44100 -t 9 -c:v libx264 -preset ultrafast -c:a aac -ac 2 -f mp4"

    @Test func `gives renditions that play, a download, a poster and a storyboard`() async throws {
        let studio = try Studio()
        try await studio.upload(Self.usual)
        let video = try await studio.video()

        #expect(video.renditions.map { "\($0.width)x\($0.height)" } == ["640x360", "426x240"])
        #expect(abs(video.duration - 9) < 0.2)
        let master = try studio.text(video.master)
        #expect(master.contains(#"CODECS="avc1."#))
        #expect(master.contains(#"RESOLUTION=640x360,FRAME-RATE=30.000,AUDIO="audio",CLOSED-CAPTIONS=NONE"#))
        #expect(try await studio.play(video.master).isEmpty)
        let download = try await studio.streams(video.download, "codec_name,width,nb_read_frames")
        #expect(download.first == "codec_name=h264|width=640|nb_read_frames=270")
        #expect(try studio.text(video.storyboard).contains("1.jpg#xywh=160,0,160,90"))
        #expect(try await studio.streams(video.poster, "codec_name,width") == ["codec_name=mjpeg|width=640"])
        for file in video.files {
            #expect(
                try FileManager.default.attributesOfItem(atPath: studio.path(file.key))[.size] as? Int == file.bytes)
        }
        // Nothing is left where it was worked on.
        #expect(try FileManager.default.contentsOfDirectory(atPath: studio.rules.workFolder).isEmpty)
    }

    @Test func `cuts all renditions at the same times, each piece for itself`() async throws {
        let studio = try Studio()
        try await studio.upload(Self.usual)
        let video = try await studio.video()
        let folder = (video.master as NSString).deletingLastPathComponent
        let playlists = try video.renditions.map { try studio.text("\(folder)/\($0.width)x\($0.height)/index.m3u8") }
        #expect(playlists[0] == playlists[1])
        #expect(playlists[0].contains("#EXTINF:6.000000,\n00000.m4s\n#EXTINF:3.000000,\n00001.m4s"))
        for rendition in video.renditions {
            let path = studio.path("\(folder)/\(rendition.width)x\(rendition.height)")
            // The second segment begins with a key frame, at the time of the first one's end.
            let packets = try await Tool("/bin/sh").run(
                "-c",
                "cat $1/init.mp4 $1/00001.m4s | ffprobe -v error -show_entries packet=pts_time,flags -of csv=p=0 -",
                "sh", path)
            let first = String(decoding: packets, as: UTF8.self).split(separator: "\n").first ?? ""
            #expect(first.hasPrefix("6.06") && first.contains("K"))
        }
    }

    @Test func `names bandwidths that no segment exceeds`() async throws {
        let studio = try Studio()
        try await studio.upload(Self.usual)
        let video = try await studio.video()
        let line = try #require(
            try studio.text(video.master).split(separator: "\n").first { $0.hasPrefix("#EXT-X-STREAM-INF") })
        let peak = try #require(Int(line.split(separator: "=")[1].prefix { $0.isNumber }))
        let average = try #require(Int(line.split(separator: "=")[2].prefix { $0.isNumber }))
        #expect(average <= peak)
        let folder = (video.master as NSString).deletingLastPathComponent
        let segment = try #require(video.files.first { $0.key == "\(folder)/640x360/00000.m4s" })
        #expect(segment.bytes * 8 / 6 < peak)
    }

    @Test func `makes what is too quiet as loud as all else`() async throws {
        let studio = try Studio()
        try await studio.upload(
            "-f lavfi -i testsrc2=s=320x180:r=10 -f lavfi -i sine=f=440:d=6 -af volume=-15dB -t 6 -c:v libx264 -preset ultrafast -c:a aac -f mp4"
        )
        let video = try await studio.video()
        let before = try #require(video.sourceLoudness)
        #expect(before < -25)
        let after = try #require(try await studio.loudness(video.download))
        #expect(abs(after + 16) < 1)
    }

    @Test func `leaves silence silent`() async throws {
        let studio = try Studio()
        try await studio.upload(
            "-f lavfi -i testsrc2=s=320x180:r=10 -f lavfi -i anullsrc=r=48000:cl=stereo -t 2 -c:v libx264 -preset ultrafast -c:a aac -f mp4"
        )
        let video = try await studio.video()
        #expect(video.sourceLoudness == nil)
        #expect(try await studio.streams(video.download, "codec_name").count == 2)
    }

    @Test func `reports how far it is, and is killed when it is cancelled`() async throws {
        let studio = try Studio()
        try await studio.upload(Self.usual)
        let run = await studio.transcode()
        #expect(run.progress == run.progress.sorted())
        #expect((run.progress.last ?? 0) > 0.9)
        #expect(run.kills.registered >= 3)
        #expect(run.kills.called == 0)

        try await studio.upload(
            "-f lavfi -i testsrc2=s=1280x720:r=30 -t 30 -c:v libx264 -preset ultrafast -f mp4")
        let task = Task { await studio.transcode() }
        try await eventually(within: .seconds(120), "the encoder writes") {
            // What is there comes and goes.
            let works = (try? FileManager.default.subpathsOfDirectory(atPath: studio.rules.workFolder)) ?? []
            return works.contains { $0.hasSuffix("00000.m4s") }
        }
        task.cancel()
        #expect(await task.value.error is CancellationError)
        #expect(try FileManager.default.contentsOfDirectory(atPath: studio.rules.workFolder).isEmpty)
    }

    // MARK: Publishing

    @Test func `does not make again what is there and whole`() async throws {
        let studio = try Studio()
        try await studio.upload(Self.usual)
        let first = try await studio.video()
        #expect(try await studio.video() == first)
        // Whatever is missing, it is made again.
        try FileManager.default.removeItem(atPath: studio.path(first.poster))
        let second = try await studio.video()
        #expect(second.master != first.master)
        #expect(FileManager.default.fileExists(atPath: studio.path(second.poster)))
    }

    @Test func `publishes nothing when another worker has the job`() async throws {
        let studio = try Studio()
        try await studio.upload(Self.usual)
        var test = TestJob()
        test.isTakenAway = true
        let run = await studio.transcode(as: test)
        #expect(run.error is JobTakenAway)
        #expect(throws: (any Error).self) { try studio.pointer() }
        let left = try FileManager.default.subpathsOfDirectory(atPath: studio.path("videos")).filter {
            $0.contains(".")
        }
        #expect(left.isEmpty)
    }

    // MARK: Options

    @Test func `encrypts segments with a key that it puts where it is told`() async throws {
        let studio = try Studio()
        try await studio.upload(Self.usual)
        var job = TranscodeVideo(source: "uploads/video", destination: "videos/one")
        job.encryption = .init(address: "file://\(studio.path("keys/one"))", key: "keys/one")
        let run = await studio.transcode(job)
        #expect(run.outcome.isSuccess)
        let video = try studio.pointer()
        #expect(try Data(contentsOf: URL(fileURLWithPath: studio.path("keys/one"))).count == 16)
        // Nothing of it lies there for those who have no key, but the poster and the storyboard.
        #expect(video.progressive == nil)
        #expect(
            try FileManager.default.subpathsOfDirectory(atPath: studio.path("videos")).allSatisfy {
                !$0.hasSuffix(".mp4") || $0.hasSuffix("init.mp4")
            })
        let folder = (video.master as NSString).deletingLastPathComponent
        #expect(try studio.text("\(folder)/640x360/index.m3u8").contains("#EXT-X-KEY:METHOD=AES-128,URI=\"file://"))
        let played = try await Tool("/bin/sh").run(
            "-c",
            "exec ffmpeg -nostdin -v error -allowed_extensions ALL -protocol_whitelist file,crypto -i \"$1\" -map 0:v:0 -f framemd5 -",
            "sh", studio.path(video.master))
        #expect(
            String(decoding: played, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }.count == 270)
    }

    @Test func `brings captions, from beside the video and from within it`() async throws {
        let studio = try Studio()
        try studio.upload(Array("1\n00:00:01,000 --> 00:00:02,000\nGrüße aus der Datei\n".utf8), as: "uploads/de.srt")
        try await studio.upload(
            "-f lavfi -i testsrc2=s=320x180:r=30 -i \(studio.path("uploads/de.srt")) -t 3 -c:v libx264 -preset ultrafast -c:s mov_text -metadata:s:s:0 language=eng -f mp4"
        )
        var job = TranscodeVideo(source: "uploads/video", destination: "videos/one")
        job.captions = [.init(source: "uploads/de.srt", language: "de", name: "Deutsch\"\n#")]
        let run = await studio.transcode(job)
        #expect(run.outcome.isSuccess)
        let video = try studio.pointer()
        #expect(video.captions.count == 2)
        for captions in video.captions {
            let text = try studio.text(captions)
            #expect(text.hasPrefix("WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:6000,LOCAL:00:00:00.000\n"))
            #expect(text.contains("Grüße aus der Datei"))
        }
        let master = try studio.text(video.master)
        #expect(master.contains(#"NAME="Deutsch#",LANGUAGE="de""#))
        #expect(master.contains(#"NAME="eng",LANGUAGE="eng""#))
    }

    @Test func `asks for keys in the storage`() async throws {
        let studio = try Studio()
        let outside = await studio.transcode(TranscodeVideo(source: "../x", destination: "videos/one"))
        #expect(outside.outcome.burial?.contains("source is no key in the storage") == true)
        let absent = await studio.transcode()
        #expect(absent.outcome.burial?.contains("There is no object 'uploads/video'") == true)
    }
}
