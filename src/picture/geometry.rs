//! Points, boxes and outlines: the arithmetic of the picture, without a browser.

use std::f64::consts::PI;
use std::fmt::Write;

/// Cosine and sine of an angle in degrees, by + - * / alone: a picture is the same to the byte on every machine,
/// whatever its mathematics library.
pub fn cosine_sine(degrees: f64) -> (f64, f64) {
    let turned = degrees % 360.0;
    let quarter = (turned / 90.0).round();
    let x = (turned - 90.0 * quarter) * (PI / 180.0);
    let square = x * x;
    let series = |from: f64| {
        let mut term = 1.0;
        let mut sum = 1.0;
        let mut next = from;
        for _ in 0..8 {
            term *= -square / (next * (next + 1.0));
            sum += term;
            next += 2.0;
        }
        sum
    };
    let (cosine, sine) = (series(1.0), x * series(2.0));
    match quarter as i64 & 3 {
        0 => (cosine, sine),
        1 => (-sine, cosine),
        2 => (-cosine, -sine),
        _ => (sine, -cosine),
    }
}

/// The angle of a direction, in degrees, clockwise from three o'clock.
pub fn degrees_of(x: f64, y: f64) -> f64 {
    let (long, short) = (x.abs().max(y.abs()), x.abs().min(y.abs()));
    if long == 0.0 {
        return 0.0;
    }
    let halved = |slope: f64| slope / (1.0 + (1.0 + slope * slope).sqrt());
    let slope = halved(halved(short / long));
    let mut sum = 0.0;
    let mut power = slope;
    for odd in 0..10 {
        sum += power / f64::from(2 * odd + 1);
        power *= -slope * slope;
    }
    let eighth = sum * 4.0 * 180.0 / PI;
    let quarter = if y.abs() > x.abs() { 90.0 - eighth } else { eighth };
    match (x < 0.0, y < 0.0) {
        (false, false) => quarter,
        (true, false) => 180.0 - quarter,
        (true, true) => quarter - 180.0,
        (false, true) => -quarter,
    }
}

#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

impl Point {
    pub const fn new(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    pub fn shifted(self, dx: f64, dy: f64) -> Point {
        Point::new(self.x + dx, self.y + dy)
    }

    pub fn towards(self, other: Point, part: f64) -> Point {
        Point::new(self.x + (other.x - self.x) * part, self.y + (other.y - self.y) * part)
    }

    pub fn distance(self, other: Point) -> f64 {
        let (x, y) = (self.x - other.x, self.y - other.y);
        (x * x + y * y).sqrt()
    }

    /// The point at this angle (degrees, clockwise from three o'clock) on an ellipse around this one.
    pub fn around(self, across: f64, down: f64, degrees: f64) -> Point {
        let (cosine, sine) = cosine_sine(degrees);
        Point::new(self.x + across * cosine, self.y + down * sine)
    }
}

#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub w: f64,
    pub h: f64,
}

impl Rect {
    pub const fn new(x: f64, y: f64, w: f64, h: f64) -> Rect {
        Rect { x, y, w, h }
    }

    pub fn around(centre: Point, w: f64, h: f64) -> Rect {
        Rect::new(centre.x - w / 2.0, centre.y - h / 2.0, w, h)
    }

    /// With so much more on every side.
    pub fn grown(self, by: f64) -> Rect {
        Rect::new(self.x - by, self.y - by, self.w + 2.0 * by, self.h + 2.0 * by)
    }

    pub fn right(self) -> f64 {
        self.x + self.w
    }

    pub fn bottom(self) -> f64 {
        self.y + self.h
    }

    pub fn centre(self) -> Point {
        Point::new(self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    pub fn meets(self, other: Rect) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    pub fn meets_disc(self, centre: Point, radius: f64) -> bool {
        let nearest = Point::new(centre.x.clamp(self.x, self.right()), centre.y.clamp(self.y, self.bottom()));
        nearest.distance(centre) < radius
    }

    pub fn holds(self, other: Rect) -> bool {
        self.x <= other.x && self.y <= other.y && self.right() >= other.right() && self.bottom() >= other.bottom()
    }
}

/// A number as it is written into the picture: one decimal, none if whole.
pub fn short(number: f64) -> String {
    let text = format!("{number:.1}");
    let text = text.strip_suffix(".0").map(str::to_owned).unwrap_or(text);
    if text == "-0" { "0".into() } else { text }
}

/// The outline of a wax seal: a ring of convex scallops.
pub fn seal_path(centre: Point, radius: f64, scallops: u32) -> String {
    let step = 360.0 / f64::from(scallops);
    let corner = |index: u32| centre.around(radius, radius, step * f64::from(index) - 90.0 + step / 2.0);
    let scallop = short(2.0 * radius * cosine_sine(180.0 / f64::from(scallops)).1 * 0.56);
    let mut path = format!("M{} {}", short(corner(0).x), short(corner(0).y));
    for index in 1..=scallops {
        let next = corner(index % scallops);
        let _ = write!(path, "A{scallop} {scallop} 0 0 1 {} {}", short(next.x), short(next.y));
    }
    path.push('Z');
    path
}

/// The lane of messages from one place to another: beside the straight line, so that two that fly
/// towards each other pass on either side.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Lane {
    pub start: Point,
    pub end: Point,
    pub length: f64,
    /// Degrees, clockwise from three o'clock.
    pub degrees: f64,
}

impl Lane {
    pub fn new(from: Point, from_radius: f64, to: Point, to_radius: f64, aside: f64) -> Lane {
        let distance = from.distance(to).max(1.0);
        let (along_x, along_y) = ((to.x - from.x) / distance, (to.y - from.y) / distance);
        let (side_x, side_y) = (-along_y * aside, along_x * aside);
        let length = (distance - from_radius - to_radius).max(1.0);
        let start = from.shifted(along_x * from_radius + side_x, along_y * from_radius + side_y);
        Lane {
            start,
            end: start.shifted(along_x * length, along_y * length),
            length,
            degrees: degrees_of(along_x, along_y),
        }
    }
}

/// A smooth curve through all these points.
pub fn smooth_path(points: &[Point]) -> String {
    let Some(first) = points.first() else { return String::new() };
    let mut path = format!("M{} {}", short(first.x), short(first.y));
    let at = |index: isize| points[index.clamp(0, points.len() as isize - 1) as usize];
    for index in 0..points.len() as isize - 1 {
        let (before, here, next, after) = (at(index - 1), at(index), at(index + 1), at(index + 2));
        let leave = here.shifted((next.x - before.x) / 6.0, (next.y - before.y) / 6.0);
        let reach = next.shifted((here.x - after.x) / 6.0, (here.y - after.y) / 6.0);
        for point in [leave, reach, next] {
            let letter = if point == leave { "C" } else { " " };
            let _ = write!(path, "{letter}{} {}", short(point.x), short(point.y));
        }
    }
    path
}

/// Which of these points lie on the other side of a drawn line than the first one. The line goes on straight
/// beyond both its ends.
pub fn sides(line: &[Point], points: &[Point]) -> Vec<bool> {
    let Some(&reference) = points.first() else { return Vec::new() };
    let long = prolonged(line);
    let crossings = |to: Point| long.windows(2).filter(|piece| cross(reference, to, piece[0], piece[1])).count();
    points.iter().map(|&point| crossings(point) % 2 == 1).collect()
}

/// The line with both ends drawn out far beyond the stage.
fn prolonged(line: &[Point]) -> Vec<Point> {
    const FAR: f64 = 5_000.0;
    const GRIP: usize = 6;
    let (Some(&first), Some(&last)) = (line.first(), line.last()) else { return Vec::new() };
    if line.len() < 2 || first.distance(last) < 1.0 {
        return Vec::new();
    }
    // The direction is taken over a few points: a hand trembles where it starts and stops.
    let away = |end: Point, inner: Point| {
        let length = end.distance(inner).max(0.001);
        end.shifted((end.x - inner.x) / length * FAR, (end.y - inner.y) / length * FAR)
    };
    let grip = GRIP.min(line.len() - 1);
    let mut long = vec![away(first, line[grip])];
    long.extend_from_slice(line);
    long.push(away(last, line[line.len() - 1 - grip]));
    long
}

fn cross(a: Point, b: Point, c: Point, d: Point) -> bool {
    let turn = |p: Point, q: Point, r: Point| (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x) > 0.0;
    turn(a, c, d) != turn(b, c, d) && turn(a, b, c) != turn(a, b, d)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_from_top_to_bottom_parts_left_from_right() {
        let line = [Point::new(50.0, 20.0), Point::new(55.0, 50.0), Point::new(50.0, 80.0)];
        let points = [Point::new(10.0, 10.0), Point::new(10.0, 90.0), Point::new(90.0, 0.0), Point::new(90.0, 90.0)];
        assert_eq!(sides(&line, &points), [false, false, true, true]);
    }

    #[test]
    fn a_dot_parts_nothing() {
        let dot = [Point::new(50.0, 50.0), Point::new(50.0, 50.0)];
        assert_eq!(sides(&dot, &[Point::new(0.0, 0.0), Point::new(90.0, 90.0)]), [false, false]);
    }

    #[test]
    fn opposite_lanes_do_not_meet() {
        let (left, right) = (Point::new(0.0, 0.0), Point::new(200.0, 0.0));
        let there = Lane::new(left, 50.0, right, 50.0, 7.0);
        let back = Lane::new(right, 50.0, left, 50.0, 7.0);
        assert_eq!((there.start, there.end, there.length), (Point::new(50.0, 7.0), Point::new(150.0, 7.0), 100.0));
        assert!((back.start.y + 7.0).abs() < 1e-9 && (back.start.x - 150.0).abs() < 1e-9);
    }

    #[test]
    fn angles_agree_with_the_library() {
        for tenth in -7_200..7_200_i32 {
            let degrees = f64::from(tenth) / 10.0;
            let (cosine, sine) = cosine_sine(degrees);
            let (true_sine, true_cosine) = degrees.to_radians().sin_cos();
            assert!((cosine - true_cosine).abs() < 1e-12 && (sine - true_sine).abs() < 1e-12, "{degrees}");
            assert!((degrees_of(cosine, sine) - true_sine.atan2(true_cosine).to_degrees()).abs() % 360.0 < 1e-9);
        }
        assert_eq!((degrees_of(0.0, 0.0), degrees_of(0.0, 1.0), degrees_of(-1.0, 0.0)), (0.0, 90.0, 180.0));
    }

    #[test]
    fn numbers_are_written_short() {
        assert_eq!([short(1.0), short(-0.01), short(2.25), short(3.96)], ["1", "0", "2.2", "4"]);
    }

    #[test]
    fn a_seal_is_closed_and_has_its_scallops() {
        let path = seal_path(Point::new(0.0, 0.0), 40.0, 18);
        assert_eq!(path.matches('A').count(), 18);
        assert!(path.ends_with('Z'));
    }
}
