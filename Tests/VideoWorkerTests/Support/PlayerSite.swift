import Foundation
import TestSupport

/// A web site of what is published, and players that know nothing of how it was made.
struct PlayerSite {
    /// What a browser saw of a video.
    struct Seen: Decodable {
        /// Of the picture, one after another.
        let sizes: [String]
        /// Of each stream, in how many pieces it lay before the player; empty where the browser keeps them to itself.
        let ranges: [Int]
        let error: String
        /// Where it ended.
        let seconds: Double
        let frames: Int
        let corrupted: Int
        let soundBytes: Int
    }

    /// A video for the page player.html.
    struct Play: Encodable {
        let address: String
        /// Whether the page is the player, and not the browser.
        var pieces = false
    }

    /// What GStreamer decoded.
    struct Decoded: Equatable {
        let frames: Int
        /// Of sound, 48,000 a second.
        let samples: Int
    }

    private let studio: Studio
    private let port: Int
    private let seen: LineReader

    static func with(_ studio: Studio, _ body: (PlayerSite) async throws -> Void) async throws {
        try await PythonServer.with("player_site.py", options: ["root": studio.path("")]) { port, lines in
            try await body(PlayerSite(studio: studio, port: port, seen: lines))
        }
    }

    func address(_ key: String) -> String { "http://127.0.0.1:\(port)/\(key)" }

    /// Plays one video after another in Chromium, to their ends.
    func browse(_ plays: [Play]) async throws -> [Seen] {
        var page = URLComponents(string: address("player.html"))
        page?.queryItems = [
            URLQueryItem(name: "plays", value: String(decoding: try JSONEncoder().encode(plays), as: UTF8.self))
        ]
        let profile = try TemporaryFolder()
        // Its sandbox asks for another user than root, and nothing here is a stranger's. The proxy, which is none, keeps it
        // from calling anybody but this machine.
        try await Tool("/usr/bin/timeout").run([
            "--kill-after=5", "240", "chromium", "--headless", "--no-sandbox", "--disable-gpu",
            "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-extensions", "--mute-audio",
            "--autoplay-policy=no-user-gesture-required", "--proxy-server=127.0.0.1:9",
            "--user-data-dir=\(profile.path)", page?.string ?? "",
        ])
        guard let line = await seen.next() else { throw TestFailure("the browser said nothing") }
        return try JSONDecoder().decode([Seen].self, from: line)
    }

    /// Plays a video through GStreamer.
    /// - Parameters:
    ///   - element: `playbin`, or `playbin3`, which has another demuxer for HLS.
    ///   - kilobits: what the line carries in a second, by which it chooses its rendition.
    func decode(_ key: String, _ element: String, kilobits: Int) async throws -> Decoded {
        let folder = try TemporaryFolder()
        let (pictures, sound) = (folder.file("pictures"), folder.file("sound"))
        // Each frame becomes 256 bytes, each sample two: what was decoded can be counted.
        try await Tool("/usr/bin/timeout").run(
            "--kill-after=5", "120", "gst-launch-1.0", "-q", element, "connection-speed=\(kilobits)",
            "uri=\(address(key))",
            "video-sink=videoconvert ! videoscale ! video/x-raw,format=GRAY8,width=16,height=16 ! filesink location=\(pictures) sync=false",
            "audio-sink=audioconvert ! audioresample ! audio/x-raw,format=S16LE,rate=48000,channels=1 ! filesink location=\(sound) sync=false"
        )
        func bytes(_ file: String) -> Int { FileManager.default.contents(atPath: file)?.count ?? 0 }
        return Decoded(frames: bytes(pictures) / 256, samples: bytes(sound) / 2)
    }
}
