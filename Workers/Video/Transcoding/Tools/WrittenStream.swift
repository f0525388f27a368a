import FoundationEssentials

/// A stream of a file that was written, as ffprobe reads it.
struct WrittenStream: Decodable, Equatable {
    static let entries =
        "stream=codec_type,codec_name,width,height,start_time,duration,channels,sample_rate,nb_read_packets,extradata_hash"

    var codec_type: String?
    var codec_name: String?
    var width: Int?
    var height: Int?
    var start_time: String?
    var channels: Int?
    var sample_rate: String?
    var nb_read_packets: String?
    /// Of what a decoder is told before its first frame.
    var extradata_hash: String?

    var packets: Int { nb_read_packets.flatMap { Int($0) } ?? 0 }
    var start: Double { start_time.flatMap { Double($0) } ?? 0 }

    private struct Answer: Decodable {
        var streams: [WrittenStream]?
    }

    static func read(_ json: [UInt8]) throws -> [WrittenStream] {
        try JSONDecoder().decode(Answer.self, from: Data(json)).streams ?? []
    }
}
