/// What ffprobe writes with `-of json`: texts, mostly.
struct ProbeAnswer: Decodable {
    struct Stream: Decodable {
        struct SideData: Decodable {
            var rotation: Double?
        }

        var index: Int
        var codec_type: String?
        var codec_name: String?
        var pix_fmt: String?
        var width: Int?
        var height: Int?
        var sample_aspect_ratio: String?
        var r_frame_rate: String?
        var avg_frame_rate: String?
        var nb_frames: String?
        var time_base: String?
        var start_time: String?
        var duration: String?
        var field_order: String?
        var color_transfer: String?
        var color_primaries: String?
        var channels: Int?
        var channel_layout: String?
        var sample_rate: String?
        var tags: [String: String]?
        var disposition: [String: Int]?
        var side_data_list: [SideData]?

        func has(_ disposition: String) -> Bool { self.disposition?[disposition] == 1 }
    }

    struct Format: Decodable {
        var duration: String?
    }

    var streams: [Stream]?
    var format: Format?
}
