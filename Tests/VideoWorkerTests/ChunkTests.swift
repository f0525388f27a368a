import Foundation
import JobTesting
import Jobs
import TestSupport
import Testing

@testable import VideoWorker

/// Long videos are encoded in chunks, and nobody sees where they were joined.
@Suite("Chunks of a video", .timeLimit(.minutes(5)))
struct ChunkTests {
    /// Four chunks of a segment, the last a little longer. What x264 is told makes key frames that are not where chunks
    /// begin, and frames before them that need what was before.
    private static let usual =
        "-f lavfi -i testsrc2=s=426x240:r=30 -f lavfi -i aevalsrc=sin(440*2*PI*t)*sin(t/3):s=44100 -t 25 -c:v libx264 "
        + "-preset veryfast -x264-params open-gop=1:keyint=100 -c:a aac -ac 2 -shortest -f mp4"

    @Test func `come together as what is encoded in one go`() async throws {
        let direct = try await Self.inOneGo(Self.usual)
        let studio = try Studio { $0.chunkDuration = .seconds(6) }
        try await studio.upload(Self.usual)
        let jobs = try await studio.transcodeInChunks()
        #expect(jobs.count { $0.type == TranscodeChunk.type } == 4)
        #expect(jobs.count { $0.type == TranscodeSound.type } == 1)
        let video = try studio.pointer()

        #expect(video.renditions.map { "\($0.width)x\($0.height)" } == ["426x240"])
        #expect(abs(video.duration - direct.video.duration) < 0.001)
        #expect(abs(try #require(video.sourceLoudness) - (try #require(direct.video.sourceLoudness))) < 0.11)
        // The same segments at the same times, the same frames, the same sound.
        #expect(try studio.playlist("426x240", of: video) == direct.studio.playlist("426x240", of: direct.video))
        for stream in ["426x240", "audio"] {
            let times = try await studio.times(stream, of: video)
            #expect(try await times == direct.studio.times(stream, of: direct.video))
            #expect(times.count > 700)
        }
        #expect(try await studio.play(video.master).isEmpty)
        let likeness = try await Studio.likeness(
            studio.path(video.download), direct.studio.path(direct.video.download))
        #expect(likeness.count == 750)
        #expect(try #require(likeness.min()) > 0.97)
        #expect(likeness.reduce(0, +) / Double(likeness.count) > 0.99)
        let entries = "codec_name,nb_read_frames"
        let streams = try await studio.streams(video.download, entries)
        #expect(try await streams == direct.studio.streams(direct.video.download, entries))
        #expect(try studio.text(video.storyboard) == direct.studio.text(direct.video.storyboard))
        #expect(try studio.chunkFiles().isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: studio.rules.workFolder).isEmpty)
    }

    private static let picture = "-f lavfi -i testsrc2=s=320x180:r="
    private static let sound = "-f lavfi -i sine=f=300"

    /// Those that differ most; `make faults` runs all.
    private static let sources =
        [
            ("WebM", "\(picture)24 \(sound) -t 19 -c:v libvpx -deadline realtime -g 70 -c:a libopus -f webm"),
            (
                "uneven",
                "\(picture)30,select=not(mod(n\\,7))+between(n\\,200\\,300) -t 19 -fps_mode vfr -c:v libx264 -f mp4"
            ),
        ] + Form.current(short: [], full: otherSources)

    private static let otherSources = [
        ("twice as fast", "\(picture)120 -t 19 -c:v libx264 -preset ultrafast -g 333 -f mov"),
        ("TS", "\(picture)25 \(sound) -t 19 -c:v libx264 -preset ultrafast -g 150 -c:a mp2 -f mpegts"),
        ("NTSC", "\(picture)30000/1001 -t 19 -c:v libx264 -preset ultrafast -g 77 -f matroska"),
        ("AVI", "\(picture)25 \(sound) -t 19 -c:v mpeg4 -bf 2 -g 60 -c:a libmp3lame -f avi"),
        ("DVD", "\(picture)25 \(sound) -t 19 -c:v mpeg2video -bf 2 -g 15 -c:a mp2 -f vob"),
        ("ProRes", "\(picture)25 \(sound) -t 19 -c:v prores -c:a pcm_s24le -f mov"),
    ]

    @Test(arguments: sources)
    func `are cut out of whatever is uploaded`(source: (name: String, arguments: String)) async throws {
        let direct = try await Self.inOneGo(source.arguments)
        let studio = try Studio { $0.chunkDuration = .seconds(6) }
        try await studio.upload(source.arguments)
        let jobs = try await studio.transcodeInChunks()
        #expect(jobs.count >= 3)
        let video = try studio.pointer()
        try await Self.expectSameFrames(studio.path(video.download), direct.studio.path(direct.video.download))
        // Opus has a few milliseconds before its beginning, which are lost when it is cut.
        #expect(abs(video.duration - direct.video.duration) < 0.01)
        #expect(try await studio.times("320x180", of: video) == direct.studio.times("320x180", of: direct.video))
        guard video.sourceLoudness != nil else { return }
        let sound = try await studio.times("audio", of: video)
        let whole = try await direct.studio.times("audio", of: direct.video)
        #expect(sound.count >= whole.count - 1 && zip(sound, whole).allSatisfy { $0 == $1 })
    }

    /// Each frame is the one that it is in the other video, and not the one before or behind it.
    private static func expectSameFrames(_ path: String, _ other: String) async throws {
        let same = try await Studio.likeness(path, other)
        let before = try await Studio.likeness(path, other, skipping: 1)
        let behind = try await Studio.likeness(other, path, skipping: 1)
        #expect(same.count > 150 && before.count == same.count - 1)
        #expect(try #require(same.min()) > 0.88)
        let others = same.indices.dropLast().filter {
            same[$0] < before[$0] - 0.002 || same[$0 + 1] < behind[$0] - 0.002
        }
        // Where little moves, what the encoder had no bits for may be more like another.
        #expect(others.count <= same.count / 200, "\(others)")
    }

    /// What MediaRecorder writes of a lecture: nothing says how long it is, nor where its key frames are.
    @Test func `are cut out of what a browser has recorded`() async throws {
        let studio = try Studio { $0.chunkDuration = .seconds(6) }
        try await studio.upload(
            "\(Self.picture)24 \(Self.sound) -t 19 -c:v libvpx -deadline realtime -g 70 -c:a libopus -live 1 -f webm")
        let jobs = try await studio.transcodeInChunks()
        #expect(jobs.count { $0.type == TranscodeChunk.type } == 3)
        #expect(abs(try studio.pointer().duration - 19) < 0.1)
    }

    private static func inOneGo(_ arguments: String) async throws -> (studio: Studio, video: TranscodedVideo) {
        let studio = try Studio { $0.chunkDuration = .seconds(3600) }
        try await studio.upload(arguments)
        return (studio, try await studio.video())
    }
}
