//! The socket, which no other file names: connections in, answers out, until somebody stops it or nobody has used it for hours.

use std::future::{Future, poll_fn};
use std::io;
use std::net::{Ipv4Addr, TcpListener as BoundListener};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use crate::web::limits;
use crate::web::server::Server;

/// A free port on 127.0.0.1, which no other computer can reach.
///
/// # Errors
///
/// When the system gives no port.
pub(super) fn bind() -> io::Result<BoundListener> {
    let listener = BoundListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    // tokio needs a listener that does not block.
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Serves until somebody stops the program, then lets open requests finish.
///
/// # Errors
///
/// When the system cannot start a runtime.
pub(super) fn serve(listener: BoundListener, router: Router, server: &Arc<Server>) -> io::Result<()> {
    // One thread is enough: everything that takes time runs on plain threads.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::from_std(listener)?;
        tokio::spawn(stop_when_idle(Arc::clone(server)));
        accept(listener, router, server).await;
        Ok(())
    })
}

async fn accept(listener: TcpListener, router: Router, server: &Server) {
    let (ending, places) = (GracefulShutdown::new(), Arc::new(Semaphore::new(limits::CONNECTIONS)));
    let mut stopped = pin!(server.closed.notified());
    loop {
        let accepted = poll_fn(|context| match stopped.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(None),
            Poll::Pending => listener.poll_accept(context).map(Some),
        });
        let Some(accepted) = accepted.await else { break };
        // Where there is no place, the connection is dropped. The pause keeps this loop from spinning when the system has no file handles
        // left.
        let (Ok((stream, _)), Ok(place)) = (accepted, Arc::clone(&places).try_acquire_owned()) else {
            sleep(Duration::from_millis(20)).await;
            continue;
        };
        // Not `axum::serve`: it sets no time limit for the head of a request.
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits::HEAD)
            .max_headers(64)
            .max_buf_size(64 * 1024)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone()));
        let connection = ending.watch(connection);
        tokio::spawn(async move {
            // A connection that breaks off is normal: browsers open more than they use. There is nothing to do about an error.
            _ = connection.await;
            drop(place);
        });
    }
    _ = timeout(limits::ENDING, ending.shutdown()).await;
}

/// Stops the program when nobody has used it for hours and no action is under way.
async fn stop_when_idle(server: Arc<Server>) {
    let mut idle = IdleMinutes::default();
    loop {
        sleep(Duration::from_secs(60)).await;
        if idle.is_over(server.asked(), server.tasks.is_any_under_way()) {
            server.closed.notify_one();
        }
    }
}

/// How long nobody has used the pages.
#[derive(Debug, Default)]
struct IdleMinutes {
    asked: u64,
    minutes: u64,
}

impl IdleMinutes {
    /// Counts one more minute, and says whether it is time to stop.
    fn is_over(&mut self, asked: u64, is_busy: bool) -> bool {
        self.minutes = if asked == self.asked && !is_busy { self.minutes + 1 } else { 0 };
        self.asked = asked;
        self.minutes >= limits::IDLE_MINUTES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_without_a_request_end_it_and_work_under_way_does_not() {
        let mut idle = IdleMinutes::default();
        assert!((1..240).all(|_| !idle.is_over(0, false)));
        assert!(idle.is_over(0, false));
        assert!(!idle.is_over(1, false), "somebody asked");
        assert!((0..1000).all(|_| !idle.is_over(1, true)), "an action is under way");
    }
}
