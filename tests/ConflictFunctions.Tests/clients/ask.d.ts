export declare const root: string;
export declare const key: string;
export declare function answer(questions: Record<string, () => Promise<unknown>>): Promise<void>;
export declare function refused<T>(promise: PromiseLike<unknown>, read: (error: any) => T): Promise<T>;
